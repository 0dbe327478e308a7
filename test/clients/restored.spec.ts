// needs: cosign
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic } from '../support/authorization.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { digestOf, indexOf, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type ClientProgram, clientProgram } from './client-program.js';

let berth: Berth;
let directory: string;
let cosign: ClientProgram;
let client: RegistryClient;
const platforms = [randomImage({ layers: 2 }), randomImage({ architecture: 'arm64' })];
const index = indexOf(platforms);

beforeAll(async () => {
  berth = await startBerth();
  directory = await temporaryDirectory('restored');
  cosign = clientProgram('cosign', directory, { COSIGN_PASSWORD: '' });
  client = new RegistryClient({ url: berth.url, credentials: berth.admin });
  await client.push('team/signed', index, 'v1');
  await cosign('login', '--username', berth.admin.username, '--password', berth.admin.password, berth.host);
  await cosign('generate-key-pair');
  const offline = ['--allow-http-registry', '--tlog-upload=false', '--yes'];
  const reference = `${berth.host}/team/signed@${index.digest}`;
  await cosign('sign', '--recursive', '--key', 'cosign.key', ...offline, reference);
});

afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

const verify = (digest: string) =>
  cosign.anyway(
    ...['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '--allow-http-registry'],
    `${berth.host}/team/signed@${digest}`,
  );

async function send(method: string, address: string, body?: object): Promise<Response> {
  const headers = { authorization: basic(berth.admin), 'content-type': 'application/json' };
  return fetch(new URL(address, berth.url), { method, headers, body: body && JSON.stringify(body) });
}

async function expectWhole(): Promise<void> {
  for (const { digest, bytes } of [index, ...platforms])
    expect(await client.pullManifest('team/signed', digest)).toEqual(bytes);
  for (const { digest } of platforms.flatMap(({ blobs }) => blobs)) {
    const answer = await client.request('GET', `/v2/team/signed/blobs/${digest}`);
    expect(digestOf(Buffer.from(await answer.arrayBuffer()))).toBe(digest);
  }
  expect(await client.pullManifest('team/signed', 'v1')).toEqual(index.bytes);
  for (const { digest } of [index, ...platforms]) expect((await verify(digest)).code).toBe(0);
}

describe('a signed image of several platforms', () => {
  test.each([
    { what: 'its repository', address: '/api/v1/repositories/team%2Fsigned' },
    { what: 'its index', address: `/api/v1/repositories/team%2Fsigned/manifests/${index.digest}` },
  ])('is as before when $what was deleted and restored', async ({ address }) => {
    await expectWhole();
    const deleted = await send('DELETE', address);
    expect(deleted.status).toBe(204);
    expect((await verify(index.digest)).code).not.toBe(0);
    expect((await client.request('GET', '/v2/team/signed/manifests/v1')).status).not.toBe(200);
    const restored = await send('POST', `${deleted.headers.get('location')}/restore`, {});
    expect(restored.status).toBe(200);
    await expectWhole();
  });
});
