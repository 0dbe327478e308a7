import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { descriptorOf, mediaTypes, randomBlob } from '../support/images.js';
import { type RawAnswer, RawConnection } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

const mebibyte = 1024 * 1024;

describe('huge manifest (CVE-2017-11468)', () => {
  let app: TestApp;
  let authorization: string;
  const config = randomBlob();
  /** Shared by all requests, so that what grows is what the server holds. */
  const padding = Buffer.alloc(8 * mebibyte, 'x');

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    await client.pushBlob('team/huge', config);
  });
  afterAll(() => app.close());

  /** Pushes a valid manifest of so many bytes, whose annotation is mostly padding. */
  async function push(tag: string, sizeBytes: number): Promise<RawAnswer> {
    const annotations = { tag, padding: '' };
    const layers: object[] = [];
    const body = {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers,
      annotations,
    };
    const head = JSON.stringify(body).slice(0, -'"}}'.length);
    const connection = await RawConnection.open(app.url);
    await connection.writeHead('PUT', `/v2/team/huge/manifests/${tag}`, {
      Authorization: authorization,
      Connection: 'close',
      'Content-Type': mediaTypes.ociManifest,
      'Content-Length': String(sizeBytes),
    });
    await connection.write(head);
    await connection.write(padding.subarray(0, sizeBytes - head.length - '"}}'.length));
    await connection.write('"}}');
    return connection.answer();
  }

  it('of 5 MiB is refused', async () => {
    const answer = await push('larger', 5 * mebibyte);
    expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([413, 'SIZE_INVALID']);
  });

  it('of 3.9 MiB, a hundred at once: all are taken, and memory grows by less than 200 MiB', async () => {
    const sizeBytes = Math.floor(3.9 * mebibyte);
    expect((await push('first', sizeBytes)).status).toBe(201); // what grows once only
    const before = process.memoryUsage.rss();
    let [peak, isDone] = [before, false];
    const watched = (async () => {
      while (!isDone) {
        peak = Math.max(peak, process.memoryUsage.rss());
        await nextTurn();
      }
    })();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => push(`tag${n}`, sizeBytes)));
    isDone = true;
    await watched;
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(201));
    expect((peak - before) / mebibyte).toBeLessThan(200);
  });
});
