import { describe, expect, it } from 'vitest';
import { UploadMissing } from '../errors.js';
import type { StoreBench } from './store-under-test.js';
import { collect, MIB } from './test-bytes.js';

export function describeRemoval(bench: () => StoreBench): void {
  describe('removal', () => {
    it('removes more blobs than fit in one batch, and does not mind missing ones', async () => {
      const { store } = bench();
      const keys: string[] = [];
      const pushSome = async () => {
        while (keys.length < 1_005) keys.push((await store.finish(store.begin())).key);
      };
      await Promise.all(Array.from({ length: 16 }, pushSome));
      const kept = keys.pop()!;
      await store.delete([...keys, store.begin().key, '../../etc', '']);
      expect(await bench().keys()).toEqual([kept]);
      await store.delete([...keys, kept]);
      await store.delete([]);
    });

    it('lists a blob with its size and time', async () => {
      const before = Date.now();
      const key = await bench().push(12_345);
      const [listed] = await collect(bench().store.list());
      expect(listed).toMatchObject({ key, sizeBytes: 12_345 });
      expect(Math.abs(listed!.modifiedAt.getTime() - before)).toBeLessThan(60_000);
      await bench().store.delete([key]);
    });

    it('lists blobs in the byte order of keys, and from behind any key on', async () => {
      const { store } = bench();
      const keys: string[] = [];
      for (let count = 0; count < 40; count++) keys.push(await bench().push(count));
      keys.sort();
      const listed = await collect(store.list());
      expect(listed.map(({ key }) => key)).toEqual(keys);
      for (const after of [keys[0]!, keys[20]!, keys[39]!, '', '8', 'ffffffff']) {
        const behind = (await collect(store.list({ after }))).map(({ key }) => key);
        expect(behind, `behind "${after}"`).toEqual(keys.filter((key) => key > after));
      }
      await store.delete(keys);
    });

    it.each([0, 100, 20 * MIB])('aborts an upload of %d bytes, also a second time', async (sizeBytes) => {
      const { store, bytes } = bench();
      const state = await bench().begun(sizeBytes);
      await store.abort(state);
      expect([...(await bench().keys()), ...(await bench().uploadKeys())]).toEqual([]);
      if (sizeBytes > 0) {
        await expect(store.finish(state)).rejects.toBeInstanceOf(UploadMissing);
        const more = store.append(state, bytes.chunks(0, 20 * MIB));
        await expect(more).rejects.toBeInstanceOf(UploadMissing);
      }
      await store.abort(state);
    });

    it.each([0, 100, 20 * MIB])(
      'aborts an upload of %d bytes that was finished but not recorded',
      async (sizeBytes) => {
        const { store } = bench();
        const state = await bench().begun(sizeBytes);
        const { key } = await store.finish(state);
        await store.abort(state);
        expect(await store.stat(key)).toBeUndefined();
      },
    );

    it('lists what an upload left that nobody knows of, once, and removes it', async () => {
      const { underTest } = bench();
      const before = Date.now();
      const lost = await bench().begun(20 * MIB);
      const later = underTest.makeStore();
      const listed = await collect(later.listUploads());
      expect(listed.map(({ key }) => key)).toEqual([lost.key]);
      expect(Math.abs(listed[0]!.startedAt.getTime() - before)).toBeLessThan(60_000);
      await later.removeUpload(lost.key);
      await later.close();
      await expect(bench().store.finish(lost)).rejects.toBeInstanceOf(UploadMissing);
    });

    it('lists what a small upload left among uploads or, as an object without record, among blobs', async () => {
      await bench().begun(100);
      expect([...(await bench().keys()), ...(await bench().uploadKeys())]).toHaveLength(1);
      await bench().removeLeftOvers();
    });

    it('removes no blob as a left-over', async () => {
      const { store } = bench();
      const keys: string[] = [];
      for (const sizeBytes of [0, 100, 20 * MIB]) {
        const state = await bench().begun(sizeBytes);
        keys.push((await store.finish(state)).key);
        await store.removeUpload(state.key);
      }
      expect((await bench().keys()).sort()).toEqual([...keys].sort());
      await store.delete(keys);
    });

    it('does not mind left-overs that are not there', async () => {
      for (const key of [bench().store.begin().key, '../../etc', '']) await bench().store.removeUpload(key);
    });
  });
}
