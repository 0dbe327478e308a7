// needs: oras helm cosign
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { type ClientProgram, clientProgram } from './client-program.js';

let berth: Berth;
let directory: string;
let oras: ClientProgram;
let helm: ClientProgram;
let cosign: ClientProgram;
const image = randomImage();

beforeAll(async () => {
  berth = await startBerth();
  directory = await temporaryDirectory('artifacts');
  oras = clientProgram('oras', directory);
  helm = clientProgram('helm', directory);
  cosign = clientProgram('cosign', directory, { COSIGN_PASSWORD: '' });
  await new RegistryClient({ url: berth.url, credentials: berth.admin }).push('team/app', image, '1');
});

afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

const remote = (reference: string) => `${berth.host}/${reference}`;
const credentials = () => ['--username', berth.admin.username, '--password', berth.admin.password];

describe('oras', () => {
  test('pushes and pulls files as an artifact', async () => {
    await oras('login', '--plain-http', ...credentials(), berth.host);
    writeFileSync(join(directory, 'notes.txt'), 'kept as they are');
    await oras('push', '--plain-http', remote('team/files:1'), 'notes.txt:text/plain');
    await oras('pull', '--plain-http', '--output', 'pulled', remote('team/files:1'));
    expect(readFileSync(join(directory, 'pulled', 'notes.txt'), 'utf8')).toBe('kept as they are');
  });

  test('attaches an artifact to an image and discovers it', async () => {
    writeFileSync(join(directory, 'sbom.json'), '{"packages":[]}');
    const type = ['--artifact-type', 'application/vnd.example.sbom'];
    await oras('attach', '--plain-http', ...type, remote('team/app:1'), 'sbom.json:application/json');
    const found = JSON.parse(
      await oras('discover', '--plain-http', '--format', 'json', ...type, remote('team/app:1')),
    );
    expect(found.digest).toBe(image.digest);
    expect(found.referrers).toMatchObject([{ artifactType: 'application/vnd.example.sbom' }]);
  });

  test('copies an image with what is attached to it', async () => {
    const plain = ['--from-plain-http', '--to-plain-http'];
    await oras('cp', '--recursive', ...plain, remote('team/app:1'), remote('team/copy:1'));
    const found = JSON.parse(
      await oras('discover', '--plain-http', '--format', 'json', remote('team/copy:1')),
    );
    expect(found.referrers).toHaveLength(1);
  });

  test('lists repositories and tags', async () => {
    expect((await oras('repo', 'ls', '--plain-http', berth.host)).trim().split('\n')).toContain('team/files');
    expect((await oras('repo', 'tags', '--plain-http', remote('team/files'))).trim()).toBe('1');
  });
});

describe('helm', () => {
  test('pushes, shows and pulls a chart', async () => {
    mkdirSync(join(directory, 'chart/templates'), { recursive: true });
    writeFileSync(join(directory, 'chart/Chart.yaml'), 'apiVersion: v2\nname: chart\nversion: 1.2.3\n');
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';
    writeFileSync(join(directory, 'chart/templates/map.yaml'), map);
    await helm('package', 'chart');
    await helm('registry', 'login', '--plain-http', ...credentials(), berth.host);
    await helm('push', '--plain-http', 'chart-1.2.3.tgz', `oci://${remote('team/charts')}`);
    const address = `oci://${remote('team/charts/chart')}`;
    expect(await helm('show', 'chart', '--plain-http', address)).toContain('version: 1.2.3');
    await helm('pull', '--plain-http', '--destination', 'chart', address);
    expect(readFileSync(join(directory, 'chart/chart-1.2.3.tgz'))).toEqual(
      readFileSync(join(directory, 'chart-1.2.3.tgz')),
    );
  });
});

describe('cosign', () => {
  test('signs an image and verifies it by the public key', async () => {
    const reference = remote(`team/app@${image.digest}`);
    await cosign('login', ...credentials(), berth.host);
    await cosign('generate-key-pair');
    const offline = ['--allow-http-registry', '--tlog-upload=false', '--yes'];
    await cosign('sign', '--key', 'cosign.key', ...offline, reference);
    const verified = await cosign(
      ...['verify', '--key', 'cosign.pub', '--insecure-ignore-tlog', '--allow-http-registry', reference],
    );
    expect(verified).toContain(image.digest);
  });
});
