// needs: minio
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { isFullSize } from '../support/full-size.js';
import { descriptorOf, indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { type ProgramResult, runAnyway } from '../support/program.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { storageSettings } from '../support/storage-settings.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

const root = join(import.meta.dirname, '../..');
const IMAGES = isFullSize ? 100 : 8;

let berth: Berth;
let moved: Berth | undefined;
let database: TestDatabase;
let directory: string;
let archive: string;
const images: { repository: string; image: TestManifest; signature: TestManifest }[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory('moving');
  archive = join(directory, 'berth.tar');
  database = await createDatabase(inject('postgresUrl'));
  berth = await startBerth({ postgres: 'own' });
});
afterAll(async () => {
  await berth?.stop();
  await moved?.stop();
  await database?.drop();
  if (directory) await removeDirectory(directory);
});

const clientOf = (of: Berth, credentials?: Credentials) => new RegistryClient({ url: of.url, credentials });

function script(
  name: 'backup' | 'restore',
  args: string[],
  env: Record<string, string>,
): Promise<ProgramResult> {
  return runAnyway(process.execPath, [`scripts/${name}.mjs`, ...args], { cwd: root, env });
}

async function api(of: Berth, method: string, path: string, body?: object): Promise<unknown> {
  const { username, password } = of.admin;
  const response = await fetch(`${of.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

async function pull(client: RegistryClient, repository: string, manifest: TestManifest): Promise<number> {
  expect((await client.pullManifest(repository, manifest.digest)).equals(manifest.bytes)).toBe(true);
  let pulled = 1;
  for (const blob of manifest.blobs) {
    expect((await client.pullBlob(repository, blob.digest)).equals(blob.bytes)).toBe(true);
    pulled += 1;
  }
  for (const child of manifest.children) pulled += await pull(client, repository, child);
  return pulled;
}

describe(`from npm start to a Postgres and an S3 store of one's own, with ${IMAGES} images`, () => {
  let token: Credentials;
  let robot: Credentials;
  const bob: Credentials = { username: 'bob', password: 'another horse battery' };

  test('a running Berth is backed up', async () => {
    await api(berth, 'POST', '/users', bob);
    await api(berth, 'POST', '/namespaces', { name: 'team' });
    await api(berth, 'PUT', '/namespaces/team/members/bob', { role: 'writer' });
    for (let number = 0; number < IMAGES; number++) {
      const repository = `${number % 2 ? 'team' : 'admin'}/app${number}`;
      const visibility = number % 3 ? 'private' : 'public';
      await api(berth, 'POST', '/repositories', { name: repository, visibility });
      const image = indexOf([
        randomImage({ layerSizeBytes: number === 0 ? 20 << 20 : 4096 }),
        randomImage({ architecture: 'arm64' }),
      ]);
      const signature = randomArtifact({
        artifactType: 'application/vnd.example.signature',
        subject: descriptorOf(image),
      });
      const client = clientOf(berth, berth.admin);
      await client.push(repository, image, 'latest');
      await client.push(repository, signature);
      images.push({ repository, image, signature });
    }
    const made = (await api(berth, 'POST', '/access-tokens', {
      name: 'ci',
      scopes: ['repository:read'],
      repositories: ['team/*'],
    })) as { token: string };
    token = { username: 'admin', password: made.token };
    const account = (await api(berth, 'POST', '/namespaces/team/robots', {
      name: 'deploy',
      scopes: ['repository:read'],
    })) as { username: string; secret: string };
    robot = { username: account.username, password: account.secret };

    const result = await script('backup', [archive], berth.env);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    // Every layer and config is a blob of its own, but for the signatures' config `{}`.
    expect(result.stdout).toContain(`${IMAGES * 5 + 1} blobs`);
  });

  test('and restored: every digest, role and token works', async () => {
    const env = { ...storageSettings('s3'), BERTH_DATABASE_URL: database.url };
    expect(await script('restore', [archive], env)).toMatchObject({ code: 0, stderr: '' });
    moved = await startBerth({ env });
    const [asAdmin, asBob, asRobot] = [
      clientOf(moved, berth.admin),
      clientOf(moved, bob),
      clientOf(moved, robot),
    ];
    let pulled = 0;
    for (const [number, { repository, image, signature }] of images.entries()) {
      expect((await asAdmin.pullManifest(repository, 'latest')).equals(image.bytes)).toBe(true);
      pulled += (await pull(asAdmin, repository, image)) + (await pull(asAdmin, repository, signature));
      const isPublic = number % 3 === 0;
      const isOfTeam = number % 2 === 1;
      const list = `/v2/${repository}/tags/list`;
      const statusOf = async (client: RegistryClient) => (await client.request('GET', list)).status === 200;
      expect(await statusOf(clientOf(moved))).toBe(isPublic);
      expect(await statusOf(asBob)).toBe(isPublic || isOfTeam);
      expect(await statusOf(asRobot)).toBe(isPublic || isOfTeam);
      expect(await statusOf(clientOf(moved, token))).toBe(isPublic || isOfTeam);
    }
    expect(pulled).toBe(IMAGES * 10);
    await asBob.push('team/after', randomImage(), '1');
  });

  test('an archive is restored once, and says so', async () => {
    const again = await script('restore', [archive], moved!.env);
    expect(again.code).toBe(4);
    expect(again.stderr).toMatch(/^This Berth is not empty: .+\n$/);
    const noFile = await script('restore', [join(directory, 'none.tar')], moved!.env);
    expect(noFile).toMatchObject({ code: 3, stderr: `There is no file ${join(directory, 'none.tar')}.\n` });
  });
});
