import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/process-tree.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { startBerth } from './started-berth.js';

let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory('lifecycle');
});
afterAll(() => removeDirectory(directory));

it('prints at the first start where it is, who the admin is and what to try; the password is good', async () => {
  const berth = await startBerth(directory);
  const printed = berth.stdout();
  const { host } = new URL(berth.url);
  const [, username] = /Admin +(\S+)/.exec(printed) ?? [];
  const [, password] = /Password +(\S+)/.exec(printed) ?? [];
  expect(username).toBe('admin');
  expect(printed).toContain(`docker login ${host} -u admin\n`);
  expect(printed).toContain(`docker tag busybox ${host}/library/busybox\n`);
  expect(printed).toContain(`docker push ${host}/library/busybox\n`);
  for (const stage of ['postgres', 'schema', 'workers', 'web', 'ready']) {
    expect(printed).toMatch(new RegExp(`^ {2}${stage} +\\d+\\.\\d s`, 'm'));
  }
  expect(await statusOf(`${berth.url}/v2/`, `${username}:${password}`)).toBe(200);
  expect(await statusOf(`${berth.url}/v2/`, `${username}:not-it`)).toBe(401);
  const page = await fetch(berth.url);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('<title>Berth</title>');
  expect(await berth.stop()).toBe(0);
});

it('keeps the password to itself at the second start, and stops everything at SIGTERM', async () => {
  const berth = await startBerth(directory, { BERTH_WORKERS: '2' });
  expect(berth.stdout()).not.toContain('Password');
  expect(berth.stdout()).not.toMatch(/^ {2}(install|build) /m);
  const processes = [berth.supervisor(), berth.postgres(), berth.web()!, ...berth.workers()];
  expect(processes).toHaveLength(5);

  expect(await berth.stop()).toBe(0);
  await eventually('all its processes are gone', () => !processes.some(({ pid }) => isRunning(pid)));
  expect(readdirSync(join(directory, 'postgres', 'cluster'))).not.toContain('postmaster.pid');
  expect(readdirSync(directory)).not.toContain('berth.lock');
  expect(berth.stderr()).not.toMatch(/has ended/);
});

it('stops everything when npm gets SIGTERM, and npm waits for that', async () => {
  const berth = await startBerth(directory, {}, 'npm');
  const processes = [berth.supervisor(), berth.postgres(), berth.web()!, ...berth.workers()];
  expect(await berth.stop()).toBe(0);
  expect(processes.filter(({ pid }) => isRunning(pid))).toEqual([]);
});

it('takes the next free port, and says so loudly, when nobody chose one and 5000 is taken', async () => {
  const occupant = createServer();
  await new Promise<void>((resolve) => {
    occupant.once('error', () => resolve()); // then somebody else holds it already
    occupant.listen(5000, '127.0.0.1', () => resolve());
  });
  const berth = await startBerth(directory, { BERTH_PORT: undefined });
  const { port } = new URL(berth.url);
  expect(Number(port)).toBeGreaterThan(5000);
  expect(Number(port)).toBeLessThanOrEqual(5010);
  expect(berth.stdout()).toContain(
    `!!  Port 5000 is in use by another program, so this Berth listens on ${port}.`,
  );
  expect(await statusOf(`${berth.url}/v2/`)).toBe(401);
  await berth.stop();
  occupant.close();
});

async function statusOf(url: string, credentials?: string): Promise<number> {
  const headers = credentials ? { Authorization: `Basic ${btoa(credentials)}` } : undefined;
  const { status } = await fetch(url, { headers });
  return status;
}
