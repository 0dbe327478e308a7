import { describe, expect, it } from 'vitest';
import { limits } from '../limits.js';
import { LargeBodies } from './large-bodies.js';

/** A piece of work that enters at once and ends when it is told to. */
function work(bodies: LargeBodies) {
  const state = { isInside: false, end: () => {} };
  const done = bodies.during(async (enter) => {
    await enter();
    state.isInside = true;
    await new Promise<void>((resolve) => {
      state.end = resolve;
    });
  });
  return { state, done };
}

describe('LargeBodies', () => {
  it('lets in as many as there are places, and the others in the order they came', async () => {
    const bodies = new LargeBodies();
    const works = Array.from({ length: limits.largeBodiesAtOnce + 3 }, () => work(bodies));
    const inside = () => works.map(({ state }) => state.isInside);
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    for (let ended = 0; ended < works.length; ended++) {
      const isLetIn = works.map((_, index) => index < ended + limits.largeBodiesAtOnce);
      expect(inside()).toEqual(isLetIn);
      works[ended]!.state.end();
      await works[ended]!.done;
      await settle();
    }
  });

  it('gives the place on when the work fails', async () => {
    const bodies = new LargeBodies();
    for (let time = 0; time < limits.largeBodiesAtOnce + 2; time++) {
      const failing = bodies.during(async (enter) => {
        await enter();
        throw new Error('the client has gone');
      });
      await expect(failing).rejects.toThrow('the client has gone');
    }
  });

  it('asks nothing of work that holds no large body', async () => {
    const bodies = new LargeBodies();
    const held = Array.from({ length: limits.largeBodiesAtOnce }, () => work(bodies));
    expect(await bodies.during(async () => 'small')).toBe('small');
    for (const { state } of held) state.end();
    await Promise.all(held.map(({ done }) => done));
  });
});
