// needs: minio
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'minio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyGateway, startFaultyGateway } from '../../../test/support/faulty-gateway.js';
import { type ObjectStore, startMinio } from '../../../test/support/object-stores.js';
import { removeDirectory, temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { optionsFor } from './contract/s3-under-test.js';
import { collect, MIB, TestBytes } from './contract/test-bytes.js';
import { S3BlobStore } from './s3-blob-store.js';

const bytes = new TestBytes('a blob');

describe('what the S3 driver asks of a server', () => {
  let directory: string;
  let minio: ObjectStore;
  let gateway: FaultyGateway;
  let store: S3BlobStore;

  beforeAll(async () => {
    directory = await temporaryDirectory('minio');
    minio = await startMinio(directory);
    gateway = await startFaultyGateway(minio.endpoint);
    store = new S3BlobStore({ ...optionsFor(minio), endpoint: gateway.endpoint });
    await store.prepare();
  });
  afterAll(async () => {
    await store?.close();
    await gateway?.stop();
    await minio?.stop();
    await removeDirectory(directory);
  });

  /** The requests that some work makes: the method, and what is asked for. */
  const requestsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const before = gateway.requests.length;
    await work();
    return gateway.requests.slice(before).map(({ method, path }) => {
      const { pathname, search } = new URL(path, 'http://host');
      const what = ['partNumber', 'uploadId', 'uploads', 'delete'].find((each) => search.includes(each));
      const top = pathname.split('/')[2] ?? '';
      return [method, top, what].filter(Boolean).join(' ');
    });
  };

  const push = async (sizeBytes: number) => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, sizeBytes));
    return (await store.finish(state)).key;
  };

  it.each([1, 8 * MIB - 1])(
    'one PUT for a blob of %d bytes, and a look that it is there',
    async (sizeBytes) => {
      let key = '';
      const requests = await requestsOf(async () => {
        key = await push(sizeBytes);
      });
      expect(requests).toEqual(['PUT blobs', 'HEAD blobs']);
      await store.delete([key]);
    },
  );

  it('one PUT for an empty blob', async () => {
    let key = '';
    const requests = await requestsOf(async () => {
      key = await push(0);
    });
    expect(requests).toEqual(['PUT blobs']);
    await store.delete([key]);
  });

  it('no copy for a larger one: each byte is sent once, what fills no part twice', async () => {
    let key = '';
    const requests = await requestsOf(async () => {
      key = await push(20 * MIB);
    });
    expect(requests).toEqual([
      'PUT uploads', // the name of the multipart upload
      'POST blobs uploads',
      'PUT blobs partNumber',
      'PUT blobs partNumber',
      'PUT uploads', // what is left
      'GET uploads',
      'PUT blobs partNumber',
      'POST blobs uploadId',
      'POST delete',
    ]);
    await store.delete([key]);
  });

  it('one GET to open a blob or a range of it', async () => {
    const key = await push(100);
    const requests = await requestsOf(async () => {
      await (await store.open(key)).close();
      await collect((await store.open(key, { start: 3, end: 7 })).chunks());
    });
    expect(requests).toEqual(['GET blobs', 'GET blobs']);
    await store.delete([key]);
  });

  it('nothing for a new upload', async () => {
    expect(await requestsOf(async () => store.begin())).toEqual([]);
  });

  it('nothing of objects that are not its own', async () => {
    const { hostname, port } = new URL(minio.endpoint);
    const client = new Client({ ...minio, endPoint: hostname, port: Number(port), useSSL: false });
    const foreign = ['README', 'blobs/README', 'uploads/README', 'backup/a/b/c'];
    for (const name of foreign) await client.putObject(minio.bucket, name, 'x');
    expect(await collect(store.list())).toEqual([]);
    expect(await collect(store.listUploads())).toEqual([]);
    await client.removeObjects(minio.bucket, foreign);
  });

  it('what an upload left behind, after a restart of MinIO, which then gives it by exact name only', async () => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, 20 * MIB));
    await minio.stop();
    const restarted = await startMinio(directory);
    const again = new S3BlobStore({ ...optionsFor(restarted), bucket: minio.bucket });
    expect((await collect(again.listUploads())).map(({ key }) => key)).toEqual([state.key]);
    expect(await storedParts(directory)).not.toEqual([]);
    await again.removeUpload(state.key);
    expect(await collect(again.listUploads())).toEqual([]);
    expect(await storedParts(directory)).toEqual([]);
    await again.close();
    await restarted.stop();
  });
});

/** The parts of multipart uploads that a MinIO has on its disk. */
async function storedParts(directory: string): Promise<string[]> {
  const multipart = join(directory, 'data', '.minio.sys', 'multipart');
  return (await readdir(multipart, { recursive: true })).filter((name) => /\/part\.\d+$/.test(name));
}
