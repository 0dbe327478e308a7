import { mkdir, readdir, readlink, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitFileSize } from '../../../test/support/file-size-limit.js';
import { removeDirectory, temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { collect, MIB, TestBytes } from './contract/test-bytes.js';
import { BlobDamaged, StoreFull, StoreUnavailable, UploadConflict, UploadMissing } from './errors.js';
import { FilesystemBlobStore } from './filesystem-blob-store.js';
import { blobPath } from './key-layout.js';

const bytes = new TestBytes('a blob');

describe('a filesystem store in trouble', () => {
  let parent: string;
  let directory: string;
  let store: FilesystemBlobStore;

  beforeEach(async () => {
    parent = await temporaryDirectory('blobs');
    directory = join(parent, 'store');
    store = new FilesystemBlobStore({ directory });
    await store.prepare();
  });
  afterEach(() => removeDirectory(parent));

  const push = async (sizeBytes: number) => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, sizeBytes));
    return (await store.finish(state)).key;
  };
  const pathOf = (key: string) => join(directory, blobPath(key));

  it('says so when the disk is full', async () => {
    const begun = store.begin();
    await symlink('/dev/full', join(directory, 'uploads', begun.key));
    await expect(store.append(begun, bytes.chunks(0, 3 * MIB))).rejects.toBeInstanceOf(StoreFull);
    await store.abort(begun);
  });

  it('frees a full disk, which has no room for a lock either', async () => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, 100));
    const { state: leftOver } = await store.append(store.begin(), bytes.chunks(0, 100));
    const key = await push(100);
    await limitFileSize('0');
    try {
      await expect(store.append(state, bytes.chunks(0, 100))).rejects.toBeInstanceOf(StoreFull);
      await expect(store.put(bytes.slice(0, 100))).rejects.toBeInstanceOf(StoreFull);
      await store.abort(state);
      await store.removeUpload(leftOver.key);
      await store.delete([key]);
    } finally {
      await limitFileSize('unlimited');
    }
    expect(await collect(store.list())).toEqual([]);
    expect(await readdir(join(directory, 'uploads'))).toEqual([]);
  });

  it('is unavailable, and makes nothing, when its folder is not mounted', async () => {
    const key = await push(100);
    await rename(directory, `${directory}-away`);
    await mkdir(directory);
    const attempts = {
      check: () => store.check(),
      open: () => store.open(key),
      stat: () => store.stat(key),
      append: () => store.append(store.begin(), bytes.chunks(0, 100)),
      finish: () => store.finish(store.begin()),
      abort: () => store.abort(store.begin()),
      delete: () => store.delete([key]),
      list: () => collect(store.list()),
      listUploads: () => collect(store.listUploads()),
    };
    for (const [what, attempt] of Object.entries(attempts)) {
      await expect(attempt(), what).rejects.toBeInstanceOf(StoreUnavailable);
    }
    expect(await readdir(directory)).toEqual([]);
  });

  it('tells in one sentence that its folder cannot be used', async () => {
    const file = join(parent, 'a-file');
    await writeFile(file, '');
    const unusable = new FilesystemBlobStore({ directory: file });
    const refused = await unusable.prepare().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreUnavailable);
    expect((refused as Error).message).toContain(`${file} is no usable folder`);
  });

  it('never passes a blob that was cut as whole', async () => {
    const key = await push(4 * MIB);
    const sent = await store.open(key);
    const read = await store.open(key);
    await truncate(pathOf(key), 3 * MIB);
    await expect(sent.send(new PassThrough().resume())).rejects.toBeInstanceOf(BlobDamaged);
    await expect(collect(read.chunks())).rejects.toBeInstanceOf(BlobDamaged);
    expect(await store.stat(key)).toEqual({ sizeBytes: 3 * MIB });
  });

  it('says that bytes are missing from an upload', async () => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, 1_000));
    await truncate(join(directory, 'uploads', state.key), 999);
    await expect(store.finish(state)).rejects.toBeInstanceOf(UploadMissing);
    await expect(store.append(state, bytes.chunks(0, 10))).rejects.toBeInstanceOf(UploadMissing);
    await expect(collect(store.readUpload(state))).rejects.toBeInstanceOf(UploadMissing);
  });

  it('keeps no file open, however reading ends', async () => {
    const key = await push(4 * MIB);
    const closing = new Writable({ write: () => closing.destroy() });
    await expect((await store.open(key)).send(closing)).rejects.toThrow();
    await (await store.open(key)).send(new PassThrough().resume());
    for await (const _ of (await store.open(key)).chunks()) break;
    await (await store.open(key)).close();
    await expect(store.open(key, { start: 0, end: 5 * MIB })).rejects.toThrow();
    expect(await openFiles()).not.toContain(pathOf(key));
  });

  it('refuses a second writer at once, and leaves the first one alone', async () => {
    const second = Promise.withResolvers<unknown>();
    const begun = store.begin();
    const source = async function* () {
      yield* bytes.chunks(0, MIB);
      await store.append(begun, bytes.chunks(0, 10)).catch(second.resolve);
      yield* bytes.chunks(MIB, 2 * MIB);
    };
    const { state } = await store.append(begun, source());
    expect(await second.promise).toBeInstanceOf(UploadConflict);
    expect(state.offsetBytes).toBe(2 * MIB);
  });

  it('leaves foreign files alone', async () => {
    const foreign = [join(directory, 'uploads', 'notes.txt'), join(directory, 'blobs', 'a', 'b', 'README')];
    for (const path of foreign) await writeFile(path, '');
    expect(await collect(store.list())).toEqual([]);
    expect(await collect(store.listUploads())).toEqual([]);
    for (const path of foreign) await rm(path);
  });
});

async function openFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd');
  return Promise.all(descriptors.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')));
}
