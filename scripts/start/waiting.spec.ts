import { describe, expect, it } from 'vitest';
import { waitingForPart } from './waiting.mjs';

const away = () => Object.assign(new Error('The database cannot be reached.'), { code: 'ECONNREFUSED' });

/** Fails so many times, then answers. */
function flaky(failures: number, error: () => Error) {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= failures) throw error();
    return tries;
  };
}

describe('waitingForPart', () => {
  it('tries again, with a line each time, until the part is there', async () => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const options = { withinSeconds: 60, pauseSeconds: 0, say };
    expect(await waitingForPart(flaky(3, away), options)).toBe(4);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^ {2}The database cannot be reached\. Tried again for (59|60) s\.$/);
  });

  it('sees the reason behind a sentence', async () => {
    const wrapped = () => new Error('Check BERTH_DATABASE_URL.', { cause: away() });
    const options = { withinSeconds: 60, pauseSeconds: 0, say: () => {} };
    expect(await waitingForPart(flaky(1, wrapped), options)).toBe(2);
  });

  it.each([
    {
      what: 'a wrong password',
      error: () => Object.assign(new Error('no'), { code: '28P01' }),
      withinSeconds: 60,
    },
    { what: 'an error of our own', error: () => new Error('no'), withinSeconds: 60 },
    { what: 'a part that is away for too long', error: away, withinSeconds: 0 },
  ])('gives up at once for $what', async ({ error, withinSeconds }) => {
    const lines: string[] = [];
    const options = { withinSeconds, say: (line: string) => void lines.push(line) };
    await expect(waitingForPart(flaky(1, error), options)).rejects.toThrow();
    expect(lines).toEqual([]);
  });
});
