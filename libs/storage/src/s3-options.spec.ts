// needs: minio openssl
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObjectStore, startMinio } from '../../../test/support/object-stores.js';
import { run } from '../../../test/support/program.js';
import { startTcpProxy } from '../../../test/support/tcp-proxy.js';
import { removeDirectory, temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { optionsFor } from './contract/s3-under-test.js';
import { digestOf, MIB, TestBytes } from './contract/test-bytes.js';
import { StoreUnavailable } from './errors.js';
import { S3BlobStore } from './s3-blob-store.js';
import type { S3BlobStoreOptions } from './s3-client.js';

const bytes = new TestBytes('a blob');

describe('options of an S3 store', () => {
  let minio: ObjectStore;

  beforeAll(async () => {
    minio = await startMinio();
    await withStore({}, (store) => store.prepare());
  });
  afterAll(() => minio?.stop());

  const withStore = async (
    options: Partial<S3BlobStoreOptions>,
    use: (store: S3BlobStore) => Promise<void>,
  ) => {
    const store = new S3BlobStore({ ...optionsFor(minio), ...options });
    await use(store).finally(() => store.close());
  };

  const push = async (store: S3BlobStore, sizeBytes: number) => {
    const { state } = await store.append(store.begin(), bytes.chunks(0, sizeBytes));
    return (await store.finish(state)).key;
  };

  describe('encryption', () => {
    const cases = ['AES256', 'aws:kms', 'aws:kms:berth-test'].flatMap((algorithm) =>
      [0, 100, 20 * MIB].map((sizeBytes) => ({ algorithm, sizeBytes })),
    );

    it.each(cases)('$algorithm of $sizeBytes bytes', ({ algorithm, sizeBytes }) =>
      withStore({ serverSideEncryption: algorithm, redirect: true }, async (store) => {
        const { state } = await store.append(store.begin(), bytes.chunks(0, sizeBytes));
        const { key } = await store.finish(state);
        expect((await store.finish(state)).key).toBe(key);
        const response = await fetch((await store.presignGet(key, { expiresInSeconds: 60 }))!);
        expect(response.headers.get('x-amz-server-side-encryption')).toBe(
          algorithm.slice(0, 7).replace(/:$/, ''),
        );
        expect(await digestOf(response.body!)).toEqual({ digest: bytes.digest(0, sizeBytes), sizeBytes });
        await store.delete([key]);
      }),
    );

    it('of another kind is refused', () => {
      for (const serverSideEncryption of ['AES128', 'AES256:key', 'yes']) {
        expect(() => new S3BlobStore({ ...optionsFor(minio), serverSideEncryption })).toThrow(
          /AES256, aws:kms or/,
        );
      }
    });
  });

  describe('presigned addresses', () => {
    it('are for the public endpoint', async () => {
      const proxy = await startTcpProxy(minio.endpoint);
      await withStore({ redirect: true, publicEndpoint: proxy.endpoint }, async (store) => {
        const key = await push(store, 100);
        const address = (await store.presignGet(key, { expiresInSeconds: 60 }))!;
        expect(new URL(address).origin).toBe(proxy.endpoint);
        expect(new URL(address).searchParams.get('X-Amz-Expires')).toBe('60');
        const response = await fetch(address);
        expect(await digestOf(response.body!)).toMatchObject({ sizeBytes: 100 });
        await store.delete([key]);
      });
      await proxy.stop();
    });

    it('are not given unless asked for, nor for what is no key', async () => {
      const key = `${'a'.repeat(32)}-${'b'.repeat(16)}`;
      await withStore({}, async (store) => {
        expect(await store.presignGet(key, { expiresInSeconds: 60 })).toBeUndefined();
      });
      await withStore({ redirect: true }, async (store) => {
        expect(await store.presignGet('../x', { expiresInSeconds: 60 })).toBeUndefined();
      });
    });

    it('have the bucket in the host name if the store wants it there, and the region', () =>
      withStore(
        { endpoint: 'https://s3.example', pathStyle: false, region: 'eu-test-1', redirect: true },
        async (store) => {
          const key = `${'a'.repeat(32)}-${'b'.repeat(16)}`;
          const address = new URL((await store.presignGet(key, { expiresInSeconds: 60 }))!);
          expect(address.host).toBe(`${minio.bucket}.s3.example`);
          expect(address.pathname).toBe(`/blobs/a/a/${key}`);
          expect(address.searchParams.get('X-Amz-Credential')).toContain('/eu-test-1/s3/');
        },
      ));
  });

  it('a certificate authority of one’s own is trusted when named, and only then', async () => {
    const directory = await temporaryDirectory('ca');
    const caFile = join(directory, 'cert.pem');
    const keyFile = join(directory, 'key.pem');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const output = ['-keyout', keyFile, '-out', caFile];
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-days',
      '2',
      ...subject,
      ...output,
    ]);
    const tls = { cert: await readFile(caFile), key: await readFile(keyFile) };
    const server = createServer(tls, (client) => {
      const upstream = connect(Number(new URL(minio.endpoint).port), '127.0.0.1');
      client.on('error', () => upstream.destroy()).pipe(upstream);
      upstream.on('error', () => client.destroy()).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `https://localhost:${(server.address() as AddressInfo).port}`;

    await withStore({ endpoint, caFile }, async (store) => {
      const key = await push(store, 9 * MIB);
      expect(await store.stat(key)).toEqual({ sizeBytes: 9 * MIB });
      const { digest } = await digestOf((await store.open(key)).chunks());
      expect(digest).toBe(bytes.digest(0, 9 * MIB));
      await store.delete([key]);
    });
    await withStore({ endpoint }, async (store) => {
      await expect(store.check()).rejects.toBeInstanceOf(StoreUnavailable);
    });
    await new Promise((resolve) => server.close(resolve));
    await removeDirectory(directory);
  });

  it.each([
    [{ endpoint: 'localhost:9000' }, /endpoint is http/],
    [{ endpoint: 'ftp://localhost' }, /endpoint is http/],
    [{ endpoint: 'http://localhost/minio' }, /endpoint is http/],
    [{ publicEndpoint: 'nowhere' }, /endpoint is http/],
    [{ caFile: '/does/not/exist.pem', endpoint: 'https://localhost' }, /certificates in .* cannot be read/],
  ])('%j is refused in one sentence', (options, sentence) => {
    expect(() => new S3BlobStore({ ...optionsFor(minio), ...options })).toThrow(sentence);
  });

  it('wrong credentials make it unavailable, with the reason', () =>
    withStore({ secretKey: 'wrong' }, async (store) => {
      await expect(store.prepare()).rejects.toBeInstanceOf(StoreUnavailable);
      const refused = store.append(store.begin(), bytes.chunks(0, 10));
      await expect(refused).rejects.toThrow(/SignatureDoesNotMatch|AccessDenied/);
    }));
});
