import { describe, expect, it } from 'vitest';
import type { UploadState } from '../blob-store.js';
import { UploadConflict, UploadMissing } from '../errors.js';
import type { StoreBench } from './store-under-test.js';
import { digestOf, MIB, type TestBytes } from './test-bytes.js';

interface Outcome {
  readonly bytes: TestBytes;
  /** Of the finished blob. */
  readonly key?: string;
  readonly error?: unknown;
}

export function describeWriters(bench: () => StoreBench): void {
  describe('two writers on one upload', () => {
    /** Appends and finishes, in an instance of its own. `between` runs when the append is under way. */
    const write = async (
      state: UploadState,
      bytes: TestBytes,
      sizeBytes: number,
      between: () => Promise<void>,
    ): Promise<Outcome> => {
      const store = bench().underTest.makeStore();
      const source = async function* () {
        const middle = state.offsetBytes + MIB;
        yield* bytes.chunks(state.offsetBytes, middle);
        await between();
        yield* bytes.chunks(middle, sizeBytes);
      };
      try {
        const appended = await store.append(state, source());
        return { bytes, key: (await store.finish(appended.state)).key };
      } catch (error) {
        return { bytes, error };
      } finally {
        await store.close();
      }
    };

    /** Two of them at once: each goes on when the other is under way or has failed. */
    const race = (state: UploadState, firstBytes: number, secondBytes: number): Promise<Outcome[]> => {
      const first = Promise.withResolvers<void>();
      const second = Promise.withResolvers<void>();
      const { bytes, otherBytes } = bench();
      const one = write(state, bytes, firstBytes, async () => {
        first.resolve();
        await second.promise;
      });
      const other = first.promise.then(() =>
        write(state, otherBytes, secondBytes, async () => second.resolve()).finally(second.resolve),
      );
      return Promise.all([one, other]);
    };

    /** The digest of a blob that has `begunBytes` of `bytes` and then those of one writer. */
    const digestOfOne = async (own: TestBytes, begunBytes: number, sizeBytes: number) => {
      const { bytes } = bench();
      const both = async function* () {
        yield* bytes.chunks(0, begunBytes);
        yield* own.chunks(begunBytes, sizeBytes);
      };
      return digestOf(both());
    };

    it('lets at most one finish one that has parts, with its own bytes; the other gets a conflict', async () => {
      const state = await bench().begun(20 * MIB);
      const outcomes = await race(state, 33 * MIB, 33 * MIB);
      const finished = outcomes.filter(({ key }) => key !== undefined);
      expect(finished.length).toBeLessThanOrEqual(1);
      for (const { bytes, key } of finished) {
        expect(await bench().digest(key!)).toEqual(await digestOfOne(bytes, 20 * MIB, 33 * MIB));
      }
      for (const { error } of outcomes.filter(({ key }) => key === undefined)) {
        expect(error).toBeInstanceOf(UploadConflict);
      }
      await bench().removeLeftOvers();
    });

    it.each([2 * MIB, 20 * MIB])('never mixes their bytes in a new one of %d bytes', async (sizeBytes) => {
      const outcomes = await race(bench().store.begin(), sizeBytes, sizeBytes);
      const finished = outcomes.filter(({ key }) => key !== undefined);
      expect(finished.length).toBeGreaterThanOrEqual(1);
      for (const { bytes, key } of finished) {
        expect(await bench().digest(key!)).toEqual(bench().expected(sizeBytes, bytes));
      }
      for (const { error } of outcomes.filter(({ key }) => key === undefined)) {
        expect(error).toBeInstanceOf(UploadConflict);
      }
      expect(new Set(finished.map(({ key }) => key)).size).toBe(finished.length);
      await bench().removeLeftOvers();
    });

    it('makes no blob of an upload that was aborted meanwhile', async () => {
      const state = await bench().begun(20 * MIB);
      const { bytes, store } = bench();
      const { error } = await write(state, bytes, 40 * MIB, () => store.abort(state));
      expect(error instanceof UploadConflict || error instanceof UploadMissing).toBe(true);
      await bench().removeLeftOvers();
    });
  });
}
