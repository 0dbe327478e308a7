import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/process-tree.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type StartedBerth, startBerth } from './started-berth.js';

let directory: string;
let berth: StartedBerth;
beforeAll(async () => {
  directory = await temporaryDirectory('killed');
  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
});
afterAll(async () => {
  await berth.stop();
  await removeDirectory(directory);
});

it('puts another worker in the place of a killed one', async () => {
  const [victim, survivor] = berth.workers();
  process.kill(victim!.pid, 'SIGKILL');
  const workers = await eventually('there are two workers again', () => {
    const now = berth.workers().filter(({ pid }) => isRunning(pid));
    return now.length === 2 && now.every(({ pid }) => pid !== victim!.pid) ? now : undefined;
  });
  expect(workers.map(({ pid }) => pid)).toContain(survivor!.pid);
  expect(berth.stderr()).toContain(`Worker ${victim!.pid} has ended (SIGKILL); another one takes its place.`);
  await eventually('it answers', () => answers(berth));
});

it('puts another web app in the place of a killed one, and serves clients meanwhile', async () => {
  const victim = berth.web()!;
  process.kill(victim.pid, 'SIGKILL');
  const away = await eventually('the pages are away', async () => {
    const page = await fetch(berth.url, { headers: { Accept: 'text/html' } });
    return page.status === 503 ? page : undefined;
  });
  expect(await away.text()).toContain('The pages are starting');
  expect(await answers(berth)).toBe(true);
  await eventually('the pages are there again', async () => (await fetch(berth.url)).status === 200);
  expect(berth.web()!.pid).not.toBe(victim.pid);
  expect(berth.stderr()).toContain('The web app has ended (SIGKILL); another one takes its place.');
});

it('refuses a second start on the same data directory, which harms nothing', async () => {
  const second = startBerth(directory);
  await expect(second).rejects.toThrow(
    `Berth already runs on ${directory} (process ${berth.supervisor().pid}): ` +
      'stop it first, or give this one another BERTH_DATA_DIR.',
  );
  expect(await answers(berth)).toBe(true);
});

it('starts after kill -9 of Node alone, which leaves its Postgres behind', async () => {
  const leftBehind = berth.postgres();
  const web = berth.web()!;
  for (const { pid } of [...berth.workers(), berth.supervisor()]) process.kill(pid, 'SIGKILL');
  await berth.ended();
  expect(isRunning(leftBehind.pid)).toBe(true);
  await eventually('the web app has ended by itself', () => !isRunning(web.pid));

  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(isRunning(leftBehind.pid)).toBe(false);
  expect(await answers(berth)).toBe(true);
});

it('starts after kill -9 of everything', async () => {
  const processes = [berth.supervisor(), berth.postgres(), ...berth.workers()];
  for (const { pid } of processes) process.kill(pid, 'SIGKILL');
  await berth.ended();

  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(await answers(berth)).toBe(true);
});

it('stops when the process that waits for it is killed, and the next start waits for that', async () => {
  const supervisor = berth.supervisor();
  const exited = once(berth.program, 'exit');
  berth.program.kill('SIGKILL');
  await exited;

  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(isRunning(supervisor.pid)).toBe(false);
  expect(await answers(berth)).toBe(true);
});

it('stops when npm is killed, and the next start waits for that', async () => {
  await berth.stop();
  berth = await startBerth(directory, { BERTH_WORKERS: '1' }, 'npm');
  const supervisor = berth.supervisor();
  const exited = once(berth.program, 'exit');
  berth.program.kill('SIGKILL');
  await exited;

  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(isRunning(supervisor.pid)).toBe(false);
  expect(await answers(berth)).toBe(true);
});

it('ends with one sentence when its Postgres is killed', async () => {
  process.kill(berth.postgres().pid, 'SIGKILL');
  expect(await berth.ended()).toBe(1);
  expect(berth.stderr()).toContain(`Postgres has stopped. Its log is ${directory}/postgres/postgres.log.\n`);

  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(await answers(berth)).toBe(true);
});

async function answers({ url }: StartedBerth): Promise<boolean> {
  const { status } = await fetch(`${url}/v2/`);
  return status === 401;
}
