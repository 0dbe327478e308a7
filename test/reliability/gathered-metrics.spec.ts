import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';

let berth: Berth;
beforeAll(async () => {
  berth = await startBerth({ workers: 2 });
});
afterAll(() => berth?.stop());

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
