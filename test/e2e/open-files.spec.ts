import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const MEBIBYTE = 1024 * 1024;
const TIMES = 20;

describe.runIf(process.platform === 'linux')('open files', () => {
  let app: TestApp;
  let authorization: string;
  const large = randomBlob(16 * MEBIBYTE);
  const small = randomBlob(4096);
  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    await client.pushBlob('team/app', large);
    await client.pushBlob('team/app', small);
    await client.push('team/app', randomImage(), 'latest');
  });
  afterAll(() => app.close());

  const url = (path: string) => `${app.url}/v2/team/app/${path}`;
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await fetch(url(path), { method, headers: { authorization, ...headers } });
    await answer.arrayBuffer();
    return answer.status;
  };
  const isNoneOpen = () =>
    eventually('no file of the store is open', async () => (await openBlobs(app)).length === 0);

  it('is one as long as a download goes on, and none once its client has left', async () => {
    for (let time = 0; time < TIMES; time++) {
      const sent = request(url(`blobs/${large.digest}`), { headers: { authorization } });
      sent.on('error', () => {}).end();
      await once(sent, 'response');
      expect(await openBlobs(app)).toHaveLength(1);
      sent.destroy();
      await isNoneOpen();
    }
  });

  it.each([
    ['a blob', () => get(`blobs/${large.digest}`), 200],
    ['a small blob', () => get(`blobs/${small.digest}`), 200],
    ['HEAD of a blob', () => get(`blobs/${large.digest}`, {}, 'HEAD'), 200],
    ['a part of a blob', () => get(`blobs/${large.digest}`, { range: 'bytes=5-9' }), 206],
    [
      'a part that it does not have',
      () => get(`blobs/${large.digest}`, { range: `bytes=${large.bytes.length}-` }),
      416,
    ],
    [
      'a blob that the client has',
      () => get(`blobs/${large.digest}`, { 'if-none-match': `"${large.digest}"` }),
      304,
    ],
    ['a manifest', () => get('manifests/latest'), 200],
    ['HEAD of a manifest', () => get('manifests/latest', {}, 'HEAD'), 200],
  ])('is none after many times %s', async (_what, ask, status) => {
    const answers = await Promise.all(Array.from({ length: TIMES }, ask));
    expect(new Set(answers)).toEqual(new Set([status]));
    await isNoneOpen();
  });
});

/** Files below the data directory that this process, which is Berth's as well, has open. */
async function openBlobs(app: TestApp): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd');
  const targets = await Promise.all(
    descriptors.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(app.env.BERTH_DATA_DIR!));
}
