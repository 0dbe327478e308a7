import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isFullSize } from '../../../../test/support/full-size.js';
import type { UploadState } from '../blob-store.js';
import type { StoreBench } from './store-under-test.js';
import { digestOf, MIB } from './test-bytes.js';

const BIG_BYTES = (isFullSize ? 300 : 40) * MIB + 3;
const sizes = [0, 1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, BIG_BYTES];

/** What came through an append, with the state after it. */
interface Recorded {
  readonly state: UploadState;
  readonly digestHex: string;
}

export function describeUploads(bench: () => StoreBench): void {
  describe('uploads', () => {
    it.each(sizes)('keeps %d bytes sent at once', async (sizeBytes) => {
      const key = await bench().push(sizeBytes);
      expect(await bench().digest(key)).toEqual(bench().expected(sizeBytes));
      expect(await bench().store.stat(key)).toEqual({ sizeBytes });
      expect(await bench().keys()).toEqual([key]);
      await bench().store.delete([key]);
    });

    it('keeps a blob of which nothing was ever appended', async () => {
      const { store } = bench();
      const { key, sizeBytes } = await store.finish(store.begin());
      expect(sizeBytes).toBe(0);
      expect(await bench().digest(key)).toEqual(bench().expected(0));
      await store.delete([key]);
    });

    it.each([0, 1, 64 * 1024])('makes a blob of %d bytes that are all there', async (sizeBytes) => {
      const { store, bytes } = bench();
      const first = await store.put(bytes.slice(0, sizeBytes));
      const second = await store.put(bytes.slice(0, sizeBytes));
      expect(first).toEqual({ key: expect.any(String), sizeBytes });
      expect(second.key).not.toBe(first.key);
      for (const { key } of [first, second]) {
        expect(await bench().digest(key)).toEqual(bench().expected(sizeBytes));
        expect(await store.stat(key)).toEqual({ sizeBytes });
      }
      expect((await bench().keys()).sort()).toEqual([first.key, second.key].sort());
      expect(await bench().uploadKeys()).toEqual([]);
      await store.delete([first.key, second.key]);
    });

    it.each([8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 17 * MIB])(
      'keeps %d bytes sent in several appends',
      async (sizeBytes) => {
        const { store, bytes } = bench();
        let state = store.begin();
        for (const end of [1, 3 * MIB, 7 * MIB + 5, sizeBytes]) {
          ({ state } = await store.append(state, bytes.chunks(state.offsetBytes, end)));
          expect(state.offsetBytes).toBe(end);
        }
        const { key } = await store.finish(state);
        expect(await bench().digest(key)).toEqual(bench().expected(sizeBytes));
        await store.delete([key]);
      },
    );

    it('keeps many appends of odd sizes, in chunks of odd sizes, each taken up by another instance', async () => {
      const { underTest, bytes } = bench();
      const running = createHash('sha256');
      let last: Recorded = { state: bench().store.begin(), digestHex: '' };
      for (const [step, length] of [1, 77_777, 3 * MIB + 1, 5 * MIB - 3, 9 * MIB + 7, 1, 2 * MIB].entries()) {
        const store = underTest.makeStore();
        const { offsetBytes } = last.state;
        const state = JSON.parse(JSON.stringify(last.state)) as UploadState;
        const result = await store.append(
          state,
          bytes.chunks(offsetBytes, offsetBytes + length, 4_093 + step),
        );
        running.update(bytes.slice(offsetBytes, offsetBytes + length));
        last = { state: result.state, digestHex: running.copy().digest('hex') };
        await store.close();
      }
      const { key } = await bench().store.finish(last.state);
      expect(await bench().digest(key)).toEqual({
        digest: last.digestHex,
        sizeBytes: last.state.offsetBytes,
      });
      await bench().store.delete([key]);
    });

    it('is done with a chunk once it asks for the next', async () => {
      const { store, bytes } = bench();
      const source = async function* () {
        for await (const chunk of bytes.chunks(0, 20 * MIB)) {
          yield chunk;
          chunk.fill(0);
        }
      };
      const { state } = await store.append(store.begin(), source());
      const { key } = await store.finish(state);
      expect(await bench().digest(key)).toEqual(bench().expected(20 * MIB));
      await store.delete([key]);
    });

    it('takes an append of nothing', async () => {
      const { store, bytes } = bench();
      const begun = await bench().begun(100);
      const { state, sourceError } = await store.append(begun, bytes.chunks(0, 0));
      expect(state).toEqual(begun);
      expect(sourceError).toBeUndefined();
      await store.abort(state);
    });

    it('tells of states that are durable while more comes, and returns the last', async () => {
      const { store, bytes } = bench();
      const states: UploadState[] = [];
      const onDurable = async (state: UploadState) => {
        states.push(state);
      };
      const { state } = await store.append(store.begin(), bytes.chunks(0, 80 * MIB + 1), { onDurable });
      expect(states.length).toBeGreaterThan(0);
      expect(state.offsetBytes).toBe(80 * MIB + 1);
      expect(states.every(({ offsetBytes }) => offsetBytes < state.offsetBytes)).toBe(true);
      expect(states.map(({ offsetBytes }) => offsetBytes)).toEqual(
        [...new Set(states.map(({ offsetBytes }) => offsetBytes))].sort((a, b) => a - b),
      );
      await store.abort(state);
    });

    it('stops the append when the caller may not record it', async () => {
      const { store, bytes } = bench();
      const lost = new Error('the upload belongs to another request');
      let last = store.begin();
      const onDurable = async (state: UploadState) => {
        last = state;
        throw lost;
      };
      await expect(store.append(last, bytes.chunks(0, 100 * MIB), { onDurable })).rejects.toBe(lost);
      await store.abort(last);
    });

    it.each([100, 3 * MIB, 20 * MIB])('reads the %d bytes of an unfinished upload', async (sizeBytes) => {
      const state = await bench().begun(sizeBytes);
      const { store } = bench();
      expect(await digestOf(store.readUpload(state))).toEqual(bench().expected(sizeBytes));
      expect(await digestOf(store.readUpload(state))).toEqual(bench().expected(sizeBytes));
      const { key } = await store.finish(state);
      expect(await bench().digest(key)).toEqual(bench().expected(sizeBytes));
      await store.delete([key]);
    });

    it.each([0, 100, 20 * MIB])('removes an upload of %d bytes that was read', async (sizeBytes) => {
      const state = await bench().begun(sizeBytes);
      await digestOf(bench().store.readUpload(state));
      await bench().store.abort(state);
    });

    it('holds no more than two parts in memory', async () => {
      const { store, bytes } = bench();
      const chunk = bytes.slice(0, MIB);
      const before = heldBytes();
      let peak = 0;
      const watched = async function* () {
        for (let sent = 0; sent < 200; sent++) {
          peak = Math.max(peak, heldBytes());
          yield chunk;
        }
      };
      const { state } = await store.append(store.begin(), watched());
      // Two parts of 8 MiB, and as much that they grew out of and the garbage collector did not take yet.
      expect(peak - before).toBeLessThan(40 * MIB);
      await store.abort(state);
    });
  });
}

function heldBytes(): number {
  return process.memoryUsage().arrayBuffers;
}
