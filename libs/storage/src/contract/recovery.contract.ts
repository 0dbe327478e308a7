import { describe, expect, it } from 'vitest';
import type { BlobStore, UploadState } from '../blob-store.js';
import { UploadConflict } from '../errors.js';
import { appendInChildUntilKilled } from './killed-child.js';
import type { StoreBench } from './store-under-test.js';
import { MIB } from './test-bytes.js';

export function describeRecovery(bench: () => StoreBench): void {
  describe('going on after a failure', () => {
    /** Appends the rest up to this size, finishes, and expects the whole. Leaves the store empty. */
    const complete = async (state: UploadState, sizeBytes: number, store: BlobStore = bench().store) => {
      const { bytes } = bench();
      const appended = await store.append(state, bytes.chunks(state.offsetBytes, sizeBytes));
      const { key } = await store.finish(appended.state);
      expect(await bench().digest(key)).toEqual(bench().expected(sizeBytes));
      await bench().removeLeftOvers();
    };

    it.each([
      { begun: 100, lost: 1_000 },
      { begun: 3 * MIB, lost: 20 * MIB },
      { begun: 20 * MIB, lost: 20 * MIB },
    ])('drops $lost unrecorded bytes after $begun recorded ones', async ({ begun, lost }) => {
      const { store, otherBytes, underTest } = bench();
      const recorded = await bench().begun(begun);
      await store.append(recorded, otherBytes.chunks(0, lost));
      const later = underTest.makeStore();
      await complete(recorded, begun + 9 * MIB, later);
      await later.close();
    });

    it('goes on with what a killed process had recorded', async () => {
      const recorded = await appendInChildUntilKilled(bench().underTest.description);
      expect(recorded.offsetBytes).toBeGreaterThan(0);
      await complete(recorded, recorded.offsetBytes + MIB);
    });

    it.each([500, 5 * MIB, 21 * MIB])(
      'keeps the %d bytes that came before the source failed',
      async (arrived) => {
        const { store, bytes } = bench();
        const cause = new Error('the client is gone');
        const failing = async function* () {
          yield* bytes.chunks(0, arrived);
          throw cause;
        };
        const { state, sourceError } = await store.append(store.begin(), failing());
        expect(sourceError).toBe(cause);
        expect(state.offsetBytes).toBe(arrived);
        await complete(state, arrived + 9 * MIB);
      },
    );

    it('keeps what came before it was told to stop, from a source that gives nothing more', async () => {
      const { store, bytes } = bench();
      const abort = new AbortController();
      const stuck = async function* () {
        yield* bytes.chunks(0, 9 * MIB);
        abort.abort(new Error('the server stops'));
        await new Promise(() => {});
      };
      const { signal } = abort;
      const { state, sourceError } = await store.append(store.begin(), stuck(), { signal });
      expect(sourceError).toBe(signal.reason);
      expect(state.offsetBytes).toBe(9 * MIB);
      await complete(state, 10 * MIB);
    });

    it('reads nothing when it was told to stop before', async () => {
      const { store, bytes } = bench();
      const begun = store.begin();
      const signal = AbortSignal.abort();
      const { state, sourceError } = await store.append(begun, bytes.chunks(0, MIB), { signal });
      expect(sourceError).toBe(signal.reason);
      expect(state).toEqual(begun);
      await store.abort(state);
    });

    it('goes on from the latest state when the store has failed and works again', async () => {
      const breakable = await bench().underTest.makeBreakable();
      const { store } = breakable;
      let latest = store.begin();
      const onDurable = async (state: UploadState) => {
        latest = state;
      };
      const { bytes } = bench();
      latest = (await store.append(latest, bytes.chunks(0, 10 * MIB))).state;
      await breakable.break();
      const appended = store.append(latest, bytes.chunks(10 * MIB, 200 * MIB), { onDurable });
      await expect(appended).rejects.toBeInstanceOf(breakable.error);
      await breakable.repair();
      expect(latest.offsetBytes).toBeGreaterThanOrEqual(10 * MIB);
      await complete(latest, 60 * MIB, store);
      await store.close();
    });

    it.each([0, 100, 20 * MIB])('finishes an upload of %d bytes a second time', async (sizeBytes) => {
      const state = await bench().begun(sizeBytes);
      const first = await bench().store.finish(state);
      const later = bench().underTest.makeStore();
      expect(await later.finish(state)).toEqual(first);
      expect(first.sizeBytes).toBe(sizeBytes);
      expect(await bench().digest(first.key)).toEqual(bench().expected(sizeBytes));
      await later.delete([first.key]);
      await later.close();
    });

    it('appends no more to what is finished', async () => {
      const { store, bytes } = bench();
      const state = await bench().begun(20 * MIB);
      const { key } = await store.finish(state);
      const more = store.append(state, bytes.chunks(20 * MIB, 40 * MIB));
      await expect(more).rejects.toBeInstanceOf(UploadConflict);
      expect(await bench().digest(key)).toEqual(bench().expected(20 * MIB));
      await store.delete([key]);
    });
  });
}
