import { Client } from 'minio';
import { expect } from 'vitest';
import type { ObjectStore } from '../../../../test/support/object-stores.js';
import { startTcpProxy } from '../../../../test/support/tcp-proxy.js';
import { StoreUnavailable } from '../errors.js';
import { S3BlobStore } from '../s3-blob-store.js';
import type { S3BlobStoreOptions } from '../s3-client.js';
import type { StoreUnderTest } from './store-under-test.js';
import { MIB } from './test-bytes.js';

export function optionsFor({ endpoint, bucket, accessKey, secretKey }: ObjectStore): S3BlobStoreOptions {
  return { endpoint, bucket, accessKey, secretKey };
}

/** The S3 driver over a running server, which `stop` ends. */
export async function s3UnderTest(server: ObjectStore): Promise<StoreUnderTest> {
  const options = optionsFor(server);
  const proxy = await startTcpProxy(server.endpoint);
  return {
    description: { kind: 's3', options },
    makeStore: () => new S3BlobStore(options),
    makeBreakable: async () => ({
      store: new S3BlobStore({ ...options, endpoint: proxy.endpoint }),
      break: async () => proxy.cutAfter(30 * MIB),
      repair: async () => proxy.restore(),
      error: StoreUnavailable,
    }),
    assertNothingHidden: async () => expect(await namesIn(server)).toEqual([]),
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

/** The names of all objects in the server's bucket, whoever made them. */
export async function namesIn(server: ObjectStore): Promise<string[]> {
  const { hostname, port } = new URL(server.endpoint);
  const client = new Client({ ...server, endPoint: hostname, port: Number(port), useSSL: false });
  const page = await client.listObjectsV2Query(server.bucket, '', '', '', 1_000, '');
  return page.objects.map(({ name }) => name ?? '');
}
