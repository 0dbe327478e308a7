// needs: minio versitygw
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObjectStore, startMinio, startVersitygw } from '../../../test/support/object-stores.js';
import { optionsFor } from './contract/s3-under-test.js';
import { digestOf, MIB, TestBytes } from './contract/test-bytes.js';
import { UploadConflict } from './errors.js';
import { S3BlobStore } from './s3-blob-store.js';

const bytes = new TestBytes('a blob');
const otherBytes = new TestBytes('another blob');

/** Two writers take up one state one after the other, which callers are to prevent, and send as many bytes. */
describe.each([
  { name: 'MinIO', start: startMinio },
  { name: 'versitygw', start: startVersitygw },
])('two writers that send parts of one number to $name', ({ start }) => {
  let server: ObjectStore;
  let store: S3BlobStore;

  beforeAll(async () => {
    server = await start();
    store = new S3BlobStore(optionsFor(server));
    await store.prepare();
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  const writeTwice = async () => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, 9 * MIB));
    const first = await store.append(state, bytes.chunks(9 * MIB, 20 * MIB));
    const second = await store.append(state, otherBytes.chunks(9 * MIB, 20 * MIB));
    return { first: first.state, second: second.state };
  };
  const expected = async () => {
    const whole = async function* () {
      yield* bytes.chunks(0, 9 * MIB);
      yield* otherBytes.chunks(9 * MIB, 20 * MIB);
    };
    return digestOf(whole());
  };

  it('do not finish with each other’s bytes: the one whose part is no more gets a conflict', async () => {
    const { first, second } = await writeTwice();
    await expect(store.finish(first)).rejects.toBeInstanceOf(UploadConflict);
    const { key } = await store.finish(second);
    expect(await digestOf((await store.open(key)).chunks())).toEqual(await expected());
    await store.delete([key]);
  });

  it('do not take the other’s blob for their own, though it is as large', async () => {
    const { first, second } = await writeTwice();
    const { key } = await store.finish(second);
    await expect(store.finish(first)).rejects.toBeInstanceOf(UploadConflict);
    expect(await digestOf((await store.open(key)).chunks())).toEqual(await expected());
    await store.delete([key]);
  });
});
