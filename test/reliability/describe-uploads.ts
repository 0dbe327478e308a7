import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { content } from '../support/images.js';
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.js';
import { RegistryClient } from '../support/registry-client.js';
import type { StorageKind } from '../support/storage-settings.js';

const mebibyte = 1024 * 1024;
/** Sizes of one upload's chunks in bytes: small ones, ones around 5 MiB (S3's smallest part), and a large one. */
const chunkBytes = [2, 100_000, 5 * mebibyte - 1, 5 * mebibyte, 5 * mebibyte + 1, 1, 20 * mebibyte];

/** An upload belongs to no process: any one goes on with it. */
export function describeUploads(storage: StorageKind): void {
  describe(`an upload on ${storage}`, () => {
    let proxy: RecordingProxy;
    let replicas: Berth[] = [];
    let client: RegistryClient;

    beforeAll(async () => {
      proxy = await startRecordingProxy();
      const env = { BERTH_PUBLIC_URL: `http://localhost:${proxy.port}` };
      const first = await startBerth({ storage, env });
      replicas = [first];
      replicas.push(await startBerth({ env: { ...first.env, BERTH_PORT: String(await freePort()) } }));
      proxy.targets.push(...replicas.map(({ url }) => url));
      client = new RegistryClient({ url: proxy.url, credentials: first.admin });
    });
    afterAll(async () => {
      for (const replica of replicas.reverse()) await replica.stop();
      await proxy?.close();
    });

    test('is finished by two replicas that take its requests in turn', async () => {
      const blob = content(randomBytes(chunkBytes.reduce((sum, size) => sum + size)));
      let upload = await client.startUpload('team/turns');
      let offset = 0;
      for (const size of chunkBytes) {
        upload = await client.sendChunk(upload, blob.bytes.subarray(offset, offset + size), offset);
        offset += size;
        expect(await offsetOf(client, upload)).toBe(offset);
        proxy.targets.reverse(); // else one replica would take the chunks and the other the questions
      }
      await client.finishUpload(upload, blob.digest);

      expect((await client.pullBlob('team/turns', blob.digest)).equals(blob.bytes)).toBe(true);
      const chunks = proxy.requests.filter(({ method }) => method === 'PATCH');
      expect(new Set(chunks.map(({ target }) => target)).size).toBe(2);
    });

    test('goes on from its offset after the process that took it was killed in a PATCH', async () => {
      const [survivor, doomed] = replicas as [Berth, Berth];
      const blob = content(randomBytes(100 * mebibyte));
      const sentBytes = 80 * mebibyte; // a crash may cost up to 64 MiB of a long chunk
      const direct = new RegistryClient({ url: doomed.url, credentials: doomed.admin });
      const other = new RegistryClient({ url: survivor.url, credentials: survivor.admin });
      const upload = await direct.startUpload('team/resumed');
      const { pathname } = new URL(upload);
      const cut = sendUnfinished(doomed, pathname, blob.bytes.subarray(0, sentBytes));
      await eventually('some bytes are recorded', async () => (await offsetOf(other, upload)) > 0);
      await doomed.kill9();
      await cut;

      const offset = await offsetOf(other, upload);
      expect(offset).toBeGreaterThan(0);
      expect(offset).toBeLessThanOrEqual(sentBytes);
      const next = await other.sendChunk(upload, blob.bytes.subarray(offset), offset);
      await other.finishUpload(next, blob.digest);
      expect((await other.pullBlob('team/resumed', blob.digest)).equals(blob.bytes)).toBe(true);
    });
  });
}

/** How many bytes of an upload Berth has, by its status answer: `Range: 0-<last byte>`. */
async function offsetOf(client: RegistryClient, upload: string): Promise<number> {
  const { pathname, search } = new URL(upload);
  const response = await client.expect([204], 'GET', pathname + search);
  const last = /^0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1];
  return last === undefined || last === '0' ? 0 : Number(last) + 1;
}

/** Sends the start of a body and never its end; settles when the connection is cut. */
async function sendUnfinished(berth: Berth, path: string, bytes: Uint8Array): Promise<void> {
  const { username, password } = berth.admin;
  const patch = request(new URL(path, berth.url), { method: 'PATCH', auth: `${username}:${password}` });
  patch.on('error', () => {}); // the cut itself
  patch.write(bytes);
  await new Promise((resolve) => patch.once('close', resolve));
}
