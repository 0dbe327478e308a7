// needs: crane
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { randomImage } from '../support/images.js';
import { withAllBelow, writeOciLayout } from '../support/oci-layout.js';
import { tar } from '../support/tar.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type ClientProgram, clientProgram } from './client-program.js';

let berth: Berth;
let directory: string;
let crane: ClientProgram;
const image = randomImage({ layers: 3, layerSizeBytes: 100_000 });

beforeAll(async () => {
  berth = await startBerth();
  directory = await temporaryDirectory('crane');
  crane = clientProgram('crane', directory);
  const { username, password } = berth.admin;
  await crane('auth', 'login', berth.host, '--username', username, '--password', password);
});

afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

const remote = (reference: string) => `${berth.host}/${reference}`;
const lines = (output: string) => output.trim().split('\n').sort();

describe('crane', () => {
  test('pushes an image and validates every byte of it', async () => {
    await crane('push', writeOciLayout(join(directory, 'image'), image, 'one'), remote('team/app:one'));
    expect((await crane('digest', remote('team/app:one'))).trim()).toBe(image.digest);
    await crane('validate', '--remote', remote('team/app:one'));
  });

  test('pulls it with every byte', async () => {
    const pulled = join(directory, 'pulled');
    await crane('pull', '--format=oci', remote('team/app:one'), pulled);
    for (const { digest, bytes } of withAllBelow(image)) {
      expect(readFileSync(join(pulled, 'blobs', ...digest.split(':')))).toEqual(bytes);
    }
  });

  test('copies it to another repository', async () => {
    await crane('copy', remote('team/app:one'), remote('other/copy:one'));
    expect((await crane('digest', remote('other/copy:one'))).trim()).toBe(image.digest);
  });

  test('tags it', async () => {
    await crane('tag', remote('team/app:one'), 'same');
    expect(lines(await crane('ls', remote('team/app')))).toEqual(['one', 'same']);
  });

  test('appends a layer', async () => {
    const layer = join(directory, 'layer.tar');
    writeFileSync(layer, tar([{ path: 'added', bytes: Buffer.from('by crane') }]));
    await crane('append', '--base', remote('team/app:one'), '-f', layer, '-t', remote('team/app:two'));
    await crane('validate', '--remote', remote('team/app:two'));
    const manifest = JSON.parse(await crane('manifest', remote('team/app:two')));
    expect(manifest.layers).toHaveLength(4);
  });

  test('appends manifests to an index', async () => {
    const parts = ['-m', remote('team/app:one'), '-m', remote('team/app:two')];
    await crane('index', 'append', ...parts, '-t', remote('team/app:index'));
    const { manifests } = JSON.parse(await crane('manifest', remote('team/app:index')));
    expect(manifests).toHaveLength(2);
  });

  test('lists the repositories', async () => {
    expect(lines(await crane('catalog', berth.host))).toEqual(['other/copy', 'team/app']);
  });

  test('deletes a manifest, and so its tags', async () => {
    await crane('delete', remote(`other/copy@${image.digest}`));
    const { code, stderr } = await crane.anyway('digest', remote('other/copy:one'));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/MANIFEST_UNKNOWN|404/);
  });
});
