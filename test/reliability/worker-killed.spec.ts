// needs: crane
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientProgram } from '../clients/client-program.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { randomImage } from '../support/images.js';
import { writeOciLayout } from '../support/oci-layout.js';
import { openFiles } from '../support/process-tree.js';
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

const mebibyte = 1024 * 1024;
let proxy: RecordingProxy;
let berth: Berth;
let directory: string;

beforeAll(async () => {
  proxy = await startRecordingProxy();
  berth = await startBerth({ workers: 2, env: { BERTH_PUBLIC_URL: `http://localhost:${proxy.port}` } });
  proxy.targets.push(berth.url);
  directory = await temporaryDirectory('worker-killed');
});

afterAll(async () => {
  await berth?.stop();
  await proxy?.close();
  if (directory) await removeDirectory(directory);
});

test('a push outlives the worker that took it, by the client’s own retry', async () => {
  const crane = clientProgram('crane', directory);
  const host = `localhost:${proxy.port}`;
  const { username, password } = berth.admin;
  await crane('auth', 'login', host, '--username', username, '--password', password);
  const image = randomImage({ layerSizeBytes: 48 * mebibyte });
  const layout = writeOciLayout(join(directory, 'image'), image, 'one');
  let killed: number | undefined;
  proxy.onBodyPiece = (_method, _path, sentBytes) => {
    if (sentBytes > 16 * mebibyte) killed ??= killWorkerWithUpload();
  };

  await crane('push', layout, `${host}/team/app:one`);

  expect(killed).toBeDefined();
  await crane('validate', '--remote', `${host}/team/app:one`);
  await eventually('another worker has taken its place', () => {
    const pids = berth.workers().map(({ pid }) => pid);
    return pids.length === 2 && !pids.includes(killed!);
  });
});

test('a worker that has only just begun does not hold up the end', async () => {
  const before = berth.workers().map(({ pid }) => pid);
  process.kill(before[0]!, 'SIGKILL');
  await eventually('another worker begins', () => berth.workers().some(({ pid }) => !before.includes(pid)));
  const began = performance.now();

  expect(await berth.shutDown()).toBe(0);

  expect(performance.now() - began).toBeLessThan(20_000); // half a minute is for requests under way
});

/** The worker that writes the upload has its file open. */
function killWorkerWithUpload(): number | undefined {
  const blobs = join(berth.env.BERTH_DATA_DIR!, 'blobs');
  const worker = berth.workers().find(({ pid }) => openFiles(pid).some((file) => file.startsWith(blobs)));
  if (worker) process.kill(worker.pid, 'SIGKILL');
  return worker?.pid;
}
