import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { randomBlob } from '../support/images.js';
import { RawConnection } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

const { lines } = vi.hoisted(() => ({ lines: [] as { level: number; msg: string }[] }));
vi.mock('pino', async (importReal) => {
  const real = await importReal<typeof import('pino')>();
  const pino = (options: object) =>
    real.pino({ ...options, level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { ...real, pino: Object.assign(pino, real.pino) };
});

const warning = 40;
const mebibyte = 1024 * 1024;

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

describe('a client that leaves', () => {
  /** That the tests call this Berth by another name than its own is no failure of these. */
  const complaints = () =>
    lines.filter(({ level, msg }) => level >= warning && !msg.startsWith('a client uses another address'));
  const leftBefore = () => lines.filter(({ msg }) => msg === 'the client left').length;

  it('in the middle of a download is no failure', async () => {
    const blob = randomBlob(32 * mebibyte);
    await client.pushBlob('team/app', blob);
    const before = leftBefore();
    const sent = request(`${app.url}/v2/team/app/blobs/${blob.digest}`, { headers: { authorization } });
    sent.on('error', () => {}).end();
    await once(sent, 'response');
    sent.destroy();
    await eventually('the server has noticed', () => leftBefore() > before);
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['an upload', 'PATCH', async () => new URL(await client.startUpload('team/app')).pathname],
    ['a single POST', 'POST', async () => `/v2/team/app/blobs/uploads/?digest=${randomBlob().digest}`],
    ['a manifest', 'PUT', async () => '/v2/team/app/manifests/latest'],
  ])('in the middle of %s is no failure', async (_what, method, path) => {
    const target = await path();
    const before = leftBefore();
    const connection = await RawConnection.open(app.url);
    const headers = { Authorization: authorization, 'Content-Length': String(2 * mebibyte) };
    await connection.writeHead(method, target, headers);
    await connection.write(Buffer.alloc(mebibyte));
    connection.cut();
    await eventually('the server has noticed', () => leftBefore() > before);
    expect(complaints()).toEqual([]);
  });
});
