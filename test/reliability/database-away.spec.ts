import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from '../../scripts/start/embedded-postgres.mjs';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { isFullSize } from '../support/full-size.js';
import type { Credentials } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { startLoad } from './load.js';
import { missingFrom } from './pusher.js';

const RESTARTS = isFullSize ? 10 : 3;
/** Twice what is promised, for a machine that does other things as well. */
const ANSWER_WITHIN_MS = 10_000;

let directory: string;
let postgres: RunningPostgres;
let berth: Berth;
let token: Credentials;
beforeAll(async () => {
  directory = await temporaryDirectory('database-away');
  postgres = await startPostgres({ dataDirectory: join(directory, 'postgres') });
  berth = await startBerth({ workers: 2, env: { BERTH_DATABASE_URL: postgres.url } });
  const world = await World.open(postgres.url);
  token = await world.accessToken(berth.admin.username);
  await world.close();
});
afterAll(async () => {
  await berth?.stop();
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
    postgres = await startPostgres({ dataDirectory: join(directory, 'postgres') });
    await eventually('it is ready again', async () => (await readiness()).status === 'ready', 10);
  }
  const before = load.acknowledged.length;
  await eventually('pushes succeed again', () => load.acknowledged.length > before + 10);
  await load.stop();
  expect([...load.refusals.keys()]).toEqual([503]);
  expect(await missingFrom(berth, load.acknowledged)).toEqual([]);
  expect(berth.workers().map(({ pid }) => pid)).toEqual(workers);
});

/** As after a crash: nothing is written before it ends, and the next start has to recover. */
async function stopAtOnce({ directory: place, exited }: RunningPostgres): Promise<void> {
  const [pid] = (await readFile(join(place, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  await exited;
}
