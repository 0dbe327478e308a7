import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type StartedBerth, startBerth } from './started-berth.js';

let directory: string;
let berth: StartedBerth;
beforeAll(async () => {
  directory = await temporaryDirectory('metrics');
  berth = await startBerth(directory, { BERTH_WORKERS: '2' });
});
afterAll(async () => {
  await berth.stop();
  await removeDirectory(directory);
});

it('any worker tells what all have counted', async () => {
  const asked = 40;
  for (let number = 0; number < asked; number++) {
    await fetch(`${berth.url}/healthz`, { headers: { connection: 'close' } });
  }
  const counted = async () => {
    const text = await (await fetch(`${berth.url}/metrics`, { headers: { connection: 'close' } })).text();
    return Number(/berth_http_request_seconds_count\{route="\/healthz",[^}]*\} (\d+)/.exec(text)?.[1]);
  };
  await eventually('all requests to be counted', async () => (await counted()) >= asked);
  const [one, another] = [await counted(), await counted()];
  expect(another).toBe(one);
});
