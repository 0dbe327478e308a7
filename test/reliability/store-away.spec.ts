// needs: minio
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { isFullSize } from '../support/full-size.js';
import { randomBlob } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { World } from '../support/world.js';
import { startLoad } from './load.js';
import { missingFrom } from './pusher.js';

const AWAY_SECONDS = isFullSize ? 60 : 3;
/** Twice what is promised, for a machine that does other things as well. */
const ANSWER_WITHIN_MS = 10_000;

/** Goes in parts, each of which may take a store a while. */
const large = randomBlob(20 << 20);

let proxy: TcpProxy;
let berth: Berth;
let token: Credentials;
beforeAll(async () => {
  proxy = await startTcpProxy(inject('minio')!.endpoint);
  berth = await startBerth({ storage: 's3', workers: 2, env: { BERTH_S3_ENDPOINT: proxy.endpoint } });
  const world = await World.open(berth.env.BERTH_DATABASE_URL!);
  token = await world.accessToken(berth.admin.username);
  await world.close();
});
afterAll(async () => {
  await berth?.stop();
  await proxy?.stop();
});

const readiness = async () => (await (await fetch(`${berth.url}/readyz`)).json()) as Record<string, string>;
const authorization = () => `Basic ${btoa(`${token.username}:${token.password}`)}`;
const post = (path: string, body?: Uint8Array) =>
  fetch(`${berth.url}/v2/${path}`, {
    method: 'POST',
    headers: { authorization: authorization() },
    body: body as RequestInit['body'],
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });

it.each([
  { how: 'refuses connections', leave: () => proxy.cut() },
  { how: 'takes connections and answers nothing', leave: () => proxy.freeze() },
])('a store that $how: 503s, then all is as before', async ({ leave }) => {
  const workers = berth.workers().map(({ pid }) => pid);
  const load = startLoad(berth, token);
  await eventually('pushes succeed', () => load.acknowledged.length > 10);
  leave();
  const blob = randomBlob(1000);
  const refused = await post(`team/app/blobs/uploads/?digest=${blob.digest}`, blob.bytes);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ errors: [{ code: 'UNAVAILABLE' }] });
  expect((await post(`team/app/blobs/uploads/?digest=${large.digest}`, large.bytes)).status).toBe(503);
  expect(await readiness()).toMatchObject({
    status: 'not ready',
    database: 'reachable',
    store: 'unreachable',
  });
  expect((await fetch(`${berth.url}/healthz`)).status).toBe(200);
  await delay(AWAY_SECONDS * 1000);
  proxy.restore();
  await eventually('it is ready again', async () => (await readiness()).status === 'ready', 10);
  const before = load.acknowledged.length;
  await eventually('pushes succeed again', () => load.acknowledged.length > before + 10);
  await load.stop();
  expect([...load.refusals.keys()]).toEqual([503]);
  expect(await missingFrom(berth, load.acknowledged)).toEqual([]);
  expect(berth.workers().map(({ pid }) => pid)).toEqual(workers);
});
