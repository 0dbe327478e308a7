import { describe, expect, it } from 'vitest';
import { BatchLoader } from './batch-loader.js';

/** Answers each question by itself in capitals, once it is let go. */
function loaderOf(options: { fails?: boolean; maxBatch?: number } = {}) {
  const loads: string[][] = [];
  const gates: (() => void)[] = [];
  const loader = new BatchLoader<string, { text: string }>(
    async (questions) => {
      loads.push(questions);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (options.fails) throw new Error('the database is gone');
      return questions.map((text) => ({ text: text.toUpperCase() }));
    },
    (question) => question.trim(),
    options.maxBatch,
  );
  const letGo = async () => {
    await turn();
    for (const open of gates.splice(0)) open();
  };
  return { loader, loads, letGo };
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('BatchLoader', () => {
  it('asks once for what comes in one turn, and answers each its own', async () => {
    const { loader, loads, letGo } = loaderOf();
    const answers = Promise.all([loader.get('a'), loader.get('b')]);
    await letGo();
    expect(await answers).toEqual([{ text: 'A' }, { text: 'B' }]);
    expect(loads).toEqual([['a', 'b']]);
  });

  it('asks the same only once, and gives all who asked one answer', async () => {
    const { loader, loads, letGo } = loaderOf();
    const answers = Promise.all([loader.get('a'), loader.get('b'), loader.get(' a')]);
    await letGo();
    const [first, , third] = await answers;
    expect(third).toBe(first);
    expect(loads).toEqual([['a', 'b']]);
  });

  it('asks anew what is asked once the query is on its way', async () => {
    const { loader, loads, letGo } = loaderOf();
    const first = loader.get('a');
    await turn();
    const second = loader.get('a');
    await letGo();
    await letGo();
    expect(await second).not.toBe(await first);
    expect(loads).toEqual([['a'], ['a']]);
  });

  it('tells all who asked that it failed', async () => {
    const { loader, letGo } = loaderOf({ fails: true });
    const answers = Promise.allSettled([loader.get('a'), loader.get('a'), loader.get('b')]);
    await letGo();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('has two queries on their way at most, and keeps the order beyond a batch', async () => {
    const { loader, loads, letGo } = loaderOf({ maxBatch: 2 });
    const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => loader.get(text)));
    await turn();
    expect(loads).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await letGo();
    await letGo();
    expect((await answers).map(({ text }) => text).join('')).toBe('ABCDE');
  });
});
