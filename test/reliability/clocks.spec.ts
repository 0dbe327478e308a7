// needs: minio faketime
import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { freePort } from '../support/free-port.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const library = globSync('/usr/lib/*/faketime/libfaketime.so.1')[0] ?? '';

describe.each(['+60s', '-60s'])('a replica whose clock is off by %s', (difference) => {
  let right: Berth;
  let wrong: Berth;

  beforeAll(async () => {
    right = await startBerth({ storage: 's3' });
    const clock = { LD_PRELOAD: library, FAKETIME: difference, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
    const env = {
      ...right.env,
      BERTH_PORT: String(await freePort()),
      BERTH_PUBLIC_URL: `http://${right.host}`,
    };
    wrong = await startBerth({ env: { ...env, ...clock } });
  });
  afterAll(async () => {
    await wrong?.stop();
    await right?.stop();
  });

  test('really is', async () => {
    const dateOf = async ({ url }: Berth) =>
      Date.parse((await fetch(`${url}/healthz`)).headers.get('date') ?? '');
    const seconds = ((await dateOf(wrong)) - (await dateOf(right))) / 1000;
    expect(Math.abs(seconds - Number.parseInt(difference, 10))).toBeLessThan(10);
  });

  test('takes the tokens of the other one, which takes its', async () => {
    for (const [issuer, verifier] of [
      [right, wrong],
      [wrong, right],
    ] as const) {
      const { username, password } = right.admin;
      const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      const asked = new URL('/token?scope=registry:catalog:*', issuer.url);
      const answer = await fetch(asked, { headers: { authorization: basic } });
      const { token } = (await answer.json()) as { token: string };
      const used = await fetch(`${verifier.url}/v2/_catalog`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(used.status).toBe(200);
    }
  });

  test('pushes and pulls what the other one has, and goes on with its uploads', async () => {
    const image = randomImage({ layerSizeBytes: 100_000 });
    const [first, second] = [right, wrong].map(
      ({ url }) => new RegistryClient({ url, credentials: right.admin }),
    ) as [RegistryClient, RegistryClient];
    await second.push('team/app', image, '1');
    expect((await first.pullManifest('team/app', '1')).equals(image.bytes)).toBe(true);
    const [blob] = image.blobs;
    const upload = await first.startUpload('team/other');
    const path = new URL(upload).pathname;
    const half = Math.floor(blob!.bytes.length / 2);
    const next = await second.sendChunk(`${wrong.url}${path}`, blob!.bytes.subarray(0, half), 0);
    await first.finishUpload(
      `${right.url}${new URL(next).pathname}`,
      blob!.digest,
      blob!.bytes.subarray(half),
    );
    expect(await second.hasBlob('team/other', blob!.digest)).toBe(true);
  });
});
