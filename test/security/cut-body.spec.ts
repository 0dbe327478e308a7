import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { BlobFiles } from '../support/blob-files.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const mebibyte = 1024 * 1024;

describe('cut body passed as whole (Harbor 23374)', () => {
  let app: TestApp;
  let authorization: string;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
  });
  afterAll(() => app.close());

  it('the store breaks in mid-blob: Content-Length was sent, the client sees an error, and a push heals it', async () => {
    const blob = randomBlob(64 * mebibyte);
    await client.pushBlob('team/app', blob);
    const sent = request(`${app.url}/v2/team/app/blobs/${blob.digest}`, { headers: { authorization } });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]; // of which nothing is read yet
    expect(answer.headers['content-length']).toBe(String(blob.bytes.length));
    await truncate(await new BlobFiles(app).pathOfBlob(blob.digest), mebibyte);
    let receivedBytes = 0;
    answer.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
    });
    const [error] = await once(answer, 'error');
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(receivedBytes).toBeLessThan(blob.bytes.length);

    const again = await client.request('GET', `/v2/team/app/blobs/${blob.digest}`);
    expect(again.status).toBe(404);
    await client.pushBlob('team/app', blob);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });
});
