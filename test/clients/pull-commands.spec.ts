// needs: dockerd docker busybox podman skopeo crane oras helm cosign
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pulled, pullCommands } from '../../apps/web/src/lib/repository/pull-commands.js';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { apiOf } from '../support/api.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { indexOf, randomImage } from '../support/images.js';
import { run } from '../support/program.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { clientProgram } from './client-program.js';
import { containersStorageIn } from './containers-storage.js';

let berth: Berth;
let engine: DockerEngine;
let directory: string;
const [amd64, arm64] = [randomImage(), randomImage({ architecture: 'arm64', variant: 'v8' })];
const index = indexOf([amd64, arm64]);

/** Everything public, so that a command works as it stands. */
beforeAll(async () => {
  berth = await startBerth({ env: { BERTH_DEFAULT_VISIBILITY: 'public' } });
  directory = await temporaryDirectory('pull-commands');
  engine = await startDocker();
  const registry = new RegistryClient({ url: berth.url, credentials: berth.admin });
  await engine.buildBusybox('base');
  const admin = engine.as('admin');
  await admin.dockerAnyway(['login', '--username', 'admin', '--password-stdin', berth.host], {
    input: berth.admin.password,
  });
  await admin.docker('tag', 'base', `${berth.host}/team/image:1.0`);
  await admin.docker('push', `${berth.host}/team/image:1.0`);
  await registry.push('team/many', index, '2.0');
  await pushChart();
  await pushFiles();
  await registry.push('team/signed', amd64, '1.0');
  await sign(`${berth.host}/team/signed@${amd64.digest}`);
});

afterAll(async () => {
  await engine?.stop();
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

const credentials = () => ['--username', berth.admin.username, '--password', berth.admin.password];

async function pushChart(): Promise<void> {
  const helm = clientProgram('helm', directory);
  mkdirSync(join(directory, 'chart'), { recursive: true });
  writeFileSync(join(directory, 'chart/Chart.yaml'), 'apiVersion: v2\nname: chart\nversion: 1.2.3+build.4\n');
  await helm('package', 'chart');
  await helm('registry', 'login', '--plain-http', ...credentials(), berth.host);
  await helm('push', '--plain-http', 'chart-1.2.3+build.4.tgz', `oci://${berth.host}/team`);
}

async function pushFiles(): Promise<void> {
  const oras = clientProgram('oras', directory);
  await oras('login', '--plain-http', ...credentials(), berth.host);
  writeFileSync(join(directory, 'module.wasm'), 'not really');
  await oras(
    ...['push', '--plain-http', '--artifact-type', 'application/vnd.wasm.config.v0+json'],
    ...[`${berth.host}/team/module:0.1`, 'module.wasm:application/wasm'],
  );
}

async function sign(reference: string): Promise<void> {
  const cosign = clientProgram('cosign', directory, { COSIGN_PASSWORD: '' });
  await cosign('login', ...credentials(), berth.host);
  await cosign('generate-key-pair');
  await cosign(
    'sign',
    '--key',
    'cosign.key',
    '--allow-http-registry',
    '--tlog-upload=false',
    '--yes',
    reference,
  );
}

/** Types the command that a page shows for this address into a shell, in an empty folder; answers the folder. */
async function typed(client: string, pulled: Pulled): Promise<string> {
  const found = pullCommands(new URL(`http://${berth.host}`), pulled).find(
    (command) => command.client === client,
  );
  expect(found, `a command for ${client}`).toBeDefined();
  const folder = await temporaryDirectory(`typed-${client}`);
  const paths = (['podman', 'skopeo', 'crane', 'oras', 'helm', 'docker'] as const).map((tool) =>
    dirname(toolPath(tool)),
  );
  await run('sh', ['-c', found!.command], {
    cwd: folder,
    env: {
      ...(client === 'docker' ? { DOCKER_HOST: engine.host } : {}),
      HOME: folder,
      PATH: [...paths, process.env.PATH].join(delimiter),
      CONTAINERS_STORAGE_CONF: containersStorageIn(folder),
    },
  });
  return folder;
}

/** What an OCI layout holds under its index. */
function layoutOf(folder: string, name: string): { digest: string }[] {
  return JSON.parse(readFileSync(join(folder, name, 'index.json'), 'utf8')).manifests;
}

async function digestOf(name: string, tag: string): Promise<string> {
  const path = `/repositories/${encodeURIComponent(name)}/tags/${tag}`;
  return (await apiOf(berth, berth.admin).get(path).expect(200)).body.digest;
}

const kindOf = async (name: string, tag: string) => {
  const path = `/repositories/${encodeURIComponent(name)}/tags/${tag}`;
  return (await apiOf(berth, berth.admin).get(path).expect(200)).body.artifactKind;
};

const image = { name: 'team/image', reference: '1.0', artifactKind: 'image' };
const many = { name: 'team/many', reference: '2.0', artifactKind: 'index' };
const arm = { ...many, platform: 'linux/arm64/v8' };

describe('the commands that pages show, typed as they are, for an image', () => {
  test.each(['docker', 'podman'])('%s', async (client) => {
    await typed(client, image);
    await typed(client, { ...image, reference: await digestOf('team/image', '1.0') });
    if (client === 'docker') await engine.docker('image', 'inspect', `${berth.host}/team/image:1.0`);
  });

  test('docker, of a platform', async () => {
    await typed('docker', arm);
    const name = `${berth.host}/team/many:2.0`;
    const format = ['--format', '{{.Architecture}}'];
    expect((await engine.docker('image', 'inspect', ...format, name)).trim()).toBe('arm64');
  });

  test('podman, of a platform', async () => {
    await typed('podman', arm);
  });

  /** It makes an OCI image of one that docker has pushed, which has another digest. */
  test('skopeo', async () => {
    const digest = await digestOf('team/image', '1.0');
    for (const reference of ['1.0', digest])
      expect(layoutOf(await typed('skopeo', { ...image, reference }), 'image')).toHaveLength(1);
    expect(layoutOf(await typed('skopeo', many), 'many')).toMatchObject([{ digest: index.digest }]);
    expect(layoutOf(await typed('skopeo', arm), 'many')).toMatchObject([{ digest: arm64.digest }]);
  });

  test('crane', async () => {
    const digest = await digestOf('team/image', '1.0');
    for (const reference of ['1.0', digest])
      expect(existsSync(join(await typed('crane', { ...image, reference }), 'image.tar'))).toBe(true);
    expect(existsSync(join(await typed('crane', arm), 'many.tar'))).toBe(true);
    expect(layoutOf(await typed('crane', many), 'many')).toMatchObject([{ digest: index.digest }]);
  });

  test('oras', async () => {
    const digest = await digestOf('team/image', '1.0');
    for (const reference of ['1.0', digest])
      expect(layoutOf(await typed('oras', { ...image, reference }), 'image')).toMatchObject([{ digest }]);
    expect(layoutOf(await typed('oras', many), 'many').map(({ digest }) => digest)).toContain(index.digest);
    expect(layoutOf(await typed('oras', arm), 'many')).toMatchObject([{ digest: arm64.digest }]);
  });
});

describe('for a chart', () => {
  const chart = { name: 'team/chart', reference: '1.2.3_build.4', artifactKind: 'chart', hasFiles: false };

  test('helm, by its version and by its digest', async () => {
    const digest = await digestOf(chart.name, chart.reference);
    for (const reference of [chart.reference, digest]) {
      const folder = await typed('helm', { ...chart, reference });
      const [archive] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
      expect(readFileSync(join(folder, archive ?? ''))).toEqual(
        readFileSync(join(directory, 'chart-1.2.3+build.4.tgz')),
      );
    }
  });

  test.each(['oras', 'skopeo', 'crane'])('%s', async (client) => {
    const digest = await digestOf(chart.name, chart.reference);
    expect(layoutOf(await typed(client, chart), 'chart')).toMatchObject([{ digest }]);
  });
});

describe('for files', () => {
  const files = { name: 'team/module', reference: '0.1', artifactKind: 'wasm', hasFiles: true };

  test('oras puts them into the folder', async () => {
    expect(await kindOf('team/module', '0.1')).toBe('wasm');
    expect(readFileSync(join(await typed('oras', files), 'module.wasm'), 'utf8')).toBe('not really');
  });

  test.each(['skopeo', 'crane'])('%s', async (client) => {
    const digest = await digestOf(files.name, files.reference);
    expect(layoutOf(await typed(client, files), 'module')).toMatchObject([{ digest }]);
  });
});

describe('for a signature', () => {
  test.each(['oras', 'skopeo', 'crane'])('%s', async (client) => {
    const tag = `${amd64.digest.replace(':', '-')}.sig`;
    expect(await kindOf('team/signed', tag)).toBe('signature');
    const digest = await digestOf('team/signed', tag);
    const signature = { name: 'team/signed', artifactKind: 'signature', hasFiles: false };
    for (const reference of [tag, digest])
      expect(layoutOf(await typed(client, { ...signature, reference }), 'signed')).toMatchObject([
        { digest },
      ]);
  });
});
