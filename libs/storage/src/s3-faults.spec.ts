// needs: minio
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyGateway, startFaultyGateway } from '../../../test/support/faulty-gateway.js';
import { type ObjectStore, startMinio } from '../../../test/support/object-stores.js';
import { startTcpProxy } from '../../../test/support/tcp-proxy.js';
import { namesIn, optionsFor } from './contract/s3-under-test.js';
import { collect, digestOf, MIB, TestBytes } from './contract/test-bytes.js';
import { StoreFull, StoreUnavailable } from './errors.js';
import { S3BlobStore } from './s3-blob-store.js';

const bytes = new TestBytes('a blob');
const errorBody = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;

describe('an S3 store in trouble', () => {
  let minio: ObjectStore;
  let gateway: FaultyGateway;
  let store: S3BlobStore;

  beforeAll(async () => {
    minio = await startMinio();
    gateway = await startFaultyGateway(minio.endpoint);
    store = new S3BlobStore({ ...optionsFor(minio), endpoint: gateway.endpoint });
    await store.prepare();
  });
  afterEach(async () => {
    gateway.faultOf = () => undefined;
    expect(await namesIn(minio)).toEqual([]);
  });
  afterAll(async () => {
    await store?.close();
    await gateway?.stop();
    await minio?.stop();
  });

  const begun = async (sizeBytes: number) =>
    (await store.append(store.begin(), bytes.chunks(0, sizeBytes))).state;

  const expectWhole = async (key: string, sizeBytes: number) => {
    const expected = { digest: bytes.digest(0, sizeBytes), sizeBytes };
    expect(await digestOf((await store.open(key)).chunks())).toEqual(expected);
    await store.delete([key]);
  };

  const isComplete = (method: string, path: string) => method === 'POST' && path.includes('uploadId=');
  const isPart = (method: string, path: string) => method === 'PUT' && path.includes('partNumber=');

  it('is asked again when it says "not now", or its answers get lost', async () => {
    const failedOnce = new Set<string>();
    gateway.faultOf = ({ method, path }) => {
      const request = `${method} ${path}`;
      if (failedOnce.has(request)) return undefined;
      failedOnce.add(request);
      if (failedOnce.size % 2 === 0) return { kind: 'lose-answer' };
      return { kind: 'answer', status: 503, body: errorBody('SlowDown') };
    };
    const { key } = await store.finish(await begun(20 * MIB));
    await expectWhole(key, 20 * MIB);
  });

  it('puts parts together though its first answer is an error inside a 200', async () => {
    const state = await begun(20 * MIB);
    let answers = 0;
    gateway.faultOf = ({ method, path }) =>
      isComplete(method, path) && answers++ === 0
        ? { kind: 'answer', status: 200, body: errorBody('InternalError') }
        : undefined;
    const { key } = await store.finish(state);
    expect(answers).toBe(2);
    await expectWhole(key, 20 * MIB);
  });

  it.each([errorBody('InternalError'), '', '<Complete'])(
    'has not finished when every answer is a 200 with %j, and can be asked to again',
    async (body) => {
      const state = await begun(20 * MIB);
      gateway.faultOf = ({ method, path }) =>
        isComplete(method, path) ? { kind: 'answer', status: 200, body } : undefined;
      await expect(store.finish(state)).rejects.toBeInstanceOf(StoreUnavailable);
      gateway.faultOf = () => undefined;
      await expectWhole((await store.finish(state)).key, 20 * MIB);
    },
  );

  it('has finished when it put the parts together and only its answers were lost', async () => {
    const state = await begun(20 * MIB);
    gateway.faultOf = ({ method, path }) => (isComplete(method, path) ? { kind: 'lose-answer' } : undefined);
    await expectWhole((await store.finish(state)).key, 20 * MIB);
  });

  it.each(['XMinioStorageFull', 'InsufficientStorage'])('is full when it says %s', async (code) => {
    const state = await begun(100);
    gateway.faultOf = ({ method, path }) =>
      isPart(method, path) ? { kind: 'answer', status: 507, body: errorBody(code) } : undefined;
    let latest = state;
    const append = store.append(state, bytes.chunks(100, 20 * MIB), {
      onDurable: async (durable) => {
        latest = durable;
      },
    });
    await expect(append).rejects.toBeInstanceOf(StoreFull);
    gateway.faultOf = () => undefined;
    expect(latest).toEqual(state);
    const { state: appended } = await store.append(latest, bytes.chunks(100, 200));
    await expectWhole((await store.finish(appended)).key, 200);
    for (const { key } of await collect(store.listUploads())) await store.removeUpload(key);
  });

  it('never passes an answer that breaks off as whole', async () => {
    const { key } = await store.finish(await begun(20 * MIB));
    gateway.faultOf = ({ method }) =>
      method === 'GET' ? { kind: 'cut-answer', afterBytes: 3 * MIB } : undefined;
    const opened = await store.open(key);
    await expect(collect(opened.chunks())).rejects.toBeInstanceOf(StoreUnavailable);
    gateway.faultOf = () => undefined;
    await store.delete([key]);
  });

  it('is unavailable when nothing listens, soon, and when there is no such bucket', async () => {
    const proxy = await startTcpProxy(minio.endpoint);
    const away = new S3BlobStore({ ...optionsFor(minio), endpoint: proxy.endpoint });
    await proxy.stop();
    const unknown = new S3BlobStore({ ...optionsFor(minio), bucket: 'there-is-none' });
    const key = `${store.begin().key}-${'0'.repeat(16)}`;
    for (const each of [away, unknown]) {
      await expect(each.check()).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(each.open(key)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(each.stat(key)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(each.append(each.begin(), bytes.chunks(0, 10))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(collect(each.list())).rejects.toBeInstanceOf(StoreUnavailable);
      await each.close();
    }
  });

  it('is not ready when it takes requests and answers nothing', async () => {
    const proxy = await startTcpProxy(minio.endpoint);
    proxy.freeze();
    const frozen = new S3BlobStore({ ...optionsFor(minio), endpoint: proxy.endpoint });
    await expect(frozen.check()).rejects.toBeInstanceOf(StoreUnavailable);
    await frozen.close();
    await proxy.stop();
  });
});
