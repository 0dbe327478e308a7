// needs: skopeo
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { digestOf, indexOf, mediaTypes, randomImage } from '../support/images.js';
import { withAllBelow, writeOciLayout } from '../support/oci-layout.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type ClientProgram, clientProgram } from './client-program.js';

let berth: Berth;
let directory: string;
let skopeo: ClientProgram;
let registry: RegistryClient;
const image = randomImage({ layers: 3 });
const index = indexOf([randomImage({ layers: 2 }), randomImage({ architecture: 'arm64' })]);

beforeAll(async () => {
  berth = await startBerth();
  directory = await temporaryDirectory('skopeo');
  skopeo = clientProgram('skopeo', directory);
  registry = new RegistryClient({ url: berth.url, credentials: berth.admin });
  const { username, password } = berth.admin;
  await skopeo('login', '--tls-verify=false', '--username', username, '--password', password, berth.host);
});

afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

const remote = (reference: string) => `docker://${berth.host}/${reference}`;
const insecure = ['--src-tls-verify=false', '--dest-tls-verify=false'];

describe('skopeo', () => {
  test('copies an index with all its images, digests kept', async () => {
    const layout = writeOciLayout(join(directory, 'index'), index, 'all');
    await skopeo(
      'copy',
      '--all',
      '--preserve-digests',
      ...insecure,
      `oci:${layout}:all`,
      remote('team/index:all'),
    );
    expect(await skopeo('inspect', '--raw', '--tls-verify=false', remote('team/index:all'))).toBe(
      index.bytes.toString(),
    );
  });

  test('copies it back with every byte', async () => {
    const back = join(directory, 'back');
    await skopeo(
      'copy',
      '--all',
      '--preserve-digests',
      ...insecure,
      remote('team/index:all'),
      `oci:${back}:all`,
    );
    for (const { digest, bytes } of withAllBelow(index)) {
      expect(readFileSync(join(back, 'blobs', ...digest.split(':')))).toEqual(bytes);
    }
  });

  test('copies between two repositories', async () => {
    await skopeo('copy', '--all', ...insecure, remote('team/index:all'), remote('team/second:all'));
    const pulled = await registry.pullManifest('team/second', 'all');
    expect(digestOf(pulled)).toBe(index.digest);
  });

  test('converts to Docker schema 2 and back', async () => {
    const layout = writeOciLayout(join(directory, 'image'), image, 'one');
    await skopeo('copy', '--format=v2s2', ...insecure, `oci:${layout}:one`, remote('team/docker:one'));
    const raw = JSON.parse(await skopeo('inspect', '--raw', '--tls-verify=false', remote('team/docker:one')));
    expect(raw.mediaType).toBe(mediaTypes.dockerManifest);
    const folder = `dir:${join(directory, 'docker')}`;
    await skopeo('copy', ...insecure, remote('team/docker:one'), folder);
    await skopeo('copy', '--format=oci', ...insecure, folder, remote('team/docker:oci'));
    const converted = JSON.parse((await registry.pullManifest('team/docker', 'oci')).toString());
    expect(converted.config.mediaType).toBe(mediaTypes.ociConfig);
  });

  test('inspects an image by tag', async () => {
    const seen = JSON.parse(await skopeo('inspect', '--tls-verify=false', remote('team/docker:oci')));
    expect(seen).toMatchObject({ Architecture: 'amd64', Os: 'linux', RepoTags: ['oci', 'one'] });
    expect(seen.Layers).toHaveLength(3);
  });

  test('lists tags', async () => {
    const { Tags } = JSON.parse(await skopeo('list-tags', '--tls-verify=false', remote('team/docker')));
    expect(Tags).toEqual(['oci', 'one']);
  });

  test('deletes an image', async () => {
    await skopeo('delete', '--tls-verify=false', remote('team/docker:one'));
    const { code, stderr } = await skopeo.anyway('inspect', '--tls-verify=false', remote('team/docker:one'));
    expect(code).not.toBe(0);
    expect(stderr).toContain('manifest unknown');
  });
});
