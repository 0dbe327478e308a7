import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../../scripts/start/embedded-postgres.mjs';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { isFullSize } from '../support/full-size.js';
import type { Credentials } from '../support/registry-client.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { type Load, startLoad } from './load.js';
import { missingFrom } from './pusher.js';

const RESTARTS = isFullSize ? 10 : 3;
/** At the first of them. */
const AWAY_SECONDS = isFullSize ? 20 : 0;
const SILENT_SECONDS = isFullSize ? 20 : 1;
/** Twice what is promised, for a machine that does other things as well. */
const ANSWER_WITHIN_MS = 10_000;

let directory: string;
let postgres: RunningPostgres;
let proxy: TcpProxy;
let berth: Berth;
let token: Credentials;
beforeAll(async () => {
  directory = await temporaryDirectory('database-away');
  postgres = await startPostgres({ dataDirectory: join(directory, 'postgres') });
  const { hostname, port } = new URL(postgres.url);
  proxy = await startTcpProxy(`tcp://${hostname}:${port}`);
  const throughProxy = new URL(postgres.url);
  throughProxy.port = new URL(proxy.endpoint).port;
  berth = await startBerth({ workers: 2, env: { BERTH_DATABASE_URL: throughProxy.href } });
  const world = await World.open(postgres.url);
  token = await world.accessToken(berth.admin.username);
  await world.close();
});
afterAll(async () => {
  await berth?.stop();
  await proxy?.stop();
  await postgres?.stop();
  await removeDirectory(directory);
});

const readiness = async () => (await (await fetch(`${berth.url}/readyz`)).json()) as Record<string, string>;

it('Postgres restarts again and again under load: 503s, nothing acknowledged is lost, no restart of Berth', async () => {
  const workers = berth.workers().map(({ pid }) => pid);
  const load = startLoad(berth, token);
  for (let restart = 0; restart < RESTARTS; restart++) {
    const before = load.acknowledged.length;
    await eventually('pushes succeed', () => load.acknowledged.length > before + 10);
    await stopAtOnce(postgres);
    await expectUnavailable();
    if (restart === 0) await delay(AWAY_SECONDS * 1000);
    postgres = await startPostgres({ dataDirectory: join(directory, 'postgres') });
    await eventually('it is ready again', async () => (await readiness()).status === 'ready', 10);
  }
  await expectAsBefore(load, workers);
});

it('Postgres takes statements and answers nothing: 503s, then all is as before', async () => {
  const workers = berth.workers().map(({ pid }) => pid);
  const load = startLoad(berth, token);
  await eventually('pushes succeed', () => load.acknowledged.length > 10);
  proxy.freeze();
  await expectUnavailable();
  await delay(SILENT_SECONDS * 1000);
  await expectUnavailable();
  proxy.restore();
  await eventually('it is ready again', async () => (await readiness()).status === 'ready', 10);
  await expectAsBefore(load, workers);
});

async function expectUnavailable(): Promise<void> {
  const refused = await fetch(`${berth.url}/v2/team/app/tags/list`, {
    headers: { authorization: `Basic ${btoa(`${token.username}:${token.password}`)}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await readiness()).toMatchObject({
    status: 'not ready',
    database: 'unreachable',
    store: 'reachable',
  });
}

async function expectAsBefore(load: Load, workers: number[]): Promise<void> {
  const before = load.acknowledged.length;
  await eventually('pushes succeed again', () => load.acknowledged.length > before + 10);
  await load.stop();
  expect([...load.refusals.keys()]).toEqual([503]);
  expect(await missingFrom(berth, load.acknowledged)).toEqual([]);
  expect(berth.workers().map(({ pid }) => pid)).toEqual(workers);
}

/** As after a crash: nothing is written before it ends, and the next start has to recover. */
async function stopAtOnce({ directory: place, exited }: RunningPostgres): Promise<void> {
  const [pid] = (await readFile(join(place, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await exited;
}
