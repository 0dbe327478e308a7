// needs: minio caddy crane skopeo
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { type ClientProgram, clientProgram } from '../clients/client-program.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { isFullSize } from '../support/full-size.js';
import { randomImage } from '../support/images.js';
import { inheritedEnvironment } from '../support/inherited-environment.js';
import { writeOciLayout } from '../support/oci-layout.js';
import { collectOutput, stopProgram } from '../support/program.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

/** Two replicas behind the gateway that the compose files ship, with its own configuration. */
let replicas: [Berth, Berth];
let gateway: ChildProcess;
let gatewayOutput: () => string;
let directory: string;
let host: string;
let crane: ClientProgram;
let skopeo: ClientProgram;

beforeAll(async () => {
  directory = await temporaryDirectory('replicas');
  const port = await freePort();
  host = `localhost:${port}`;
  const first = await startBerth({
    storage: 's3',
    env: { BERTH_PUBLIC_URL: `http://${host}`, BERTH_DRAIN_SECONDS: '4', BERTH_DATABASE_POOL_SIZE: '20' },
  });
  const second = await startBerth({ env: { ...first.env, BERTH_PORT: String(await freePort()) } });
  replicas = [first, second];
  gateway = spawn(
    toolPath('caddy'),
    ['run', '--config', join(import.meta.dirname, '../../deploy/Caddyfile')],
    {
      env: {
        ...inheritedEnvironment(),
        HOME: directory,
        SITE: `http://:${port}`,
        TLS: '',
        UPSTREAMS: replicas.map(({ url }) => new URL(url).host).join(' '),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  gatewayOutput = collectOutput(gateway, 'stdout', 'stderr');
  await eventually('the gateway answers', async () => (await fetch(`http://${host}/readyz`)).ok).catch(
    (cause) => {
      throw new Error(gatewayOutput(), { cause });
    },
  );
  crane = clientProgram('crane', directory);
  skopeo = clientProgram('skopeo', directory);
  const { username, password } = first.admin;
  await crane('auth', 'login', '--insecure', host, '--username', username, '--password', password);
  await skopeo('login', '--tls-verify=false', host, '--username', username, '--password', password);
});
afterAll(async () => {
  if (gateway) await stopProgram(gateway);
  for (const replica of [...(replicas ?? [])].reverse()) await replica.stop();
  if (directory) await removeDirectory(directory);
});

function newLayout(name: string, layerSizeBytes: number): { path: string; digest: string } {
  const image = randomImage({ layers: 2, layerSizeBytes });
  const path = join(directory, name);
  writeOciLayout(path, image, 'it');
  return { path, digest: image.digest };
}

async function push(client: number, reference: string, path: string): Promise<void> {
  if (client % 2)
    await skopeo(
      'copy',
      '--retry-times',
      '5',
      '--dest-tls-verify=false',
      `oci:${path}:it`,
      `docker://${reference}`,
    );
  else await crane('push', '--insecure', path, reference);
}

/** A failure together with what the gateway and the replicas have said. */
async function orTellAll(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    const said = [gatewayOutput(), ...replicas.map((replica) => replica.output())];
    throw new Error(said.map((output) => output.slice(-3000)).join('\n---\n'), { cause: error });
  });
}

test('both are restarted one after the other while eight clients push and pull: no command fails', async () => {
  let isOver = false;
  let commands = 0;
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let turn = 0; !isOver; turn++) {
      const { path, digest } = newLayout(`rolling-${client}-${turn}`, 1 << 20);
      const reference = `${host}/rolling/app${client}:v${turn}`;
      await push(client, reference, path);
      expect((await crane('digest', '--insecure', reference)).trim()).toBe(digest);
      await crane(
        'pull',
        '--insecure',
        '--format',
        'oci',
        reference,
        join(directory, `pulled-${client}-${turn}`),
      );
      commands += 3;
    }
  });
  const all = Promise.all(clients);
  all.catch(() => undefined);
  const rounds = isFullSize ? 3 : 1;
  for (let round = 0; round < rounds; round++) {
    for (const replica of replicas) {
      const before = commands;
      const ended = replica.shutDown();
      await eventually('it is not ready while it still serves', async () => {
        const answer = await fetch(`${replica.url}/readyz`);
        return answer.status === 503 && (await answer.text()).includes('draining');
      });
      expect(await ended).toBe(0);
      await replica.restart();
      await eventually('clients went on', () => commands > before + 8, 300);
    }
  }
  isOver = true;
  await orTellAll(all);
  expect(commands).toBeGreaterThan(8 * 3);
});

test('both drain at once: the gateway still hands on what they still serve', async () => {
  const client = new RegistryClient({ url: `http://${host}`, credentials: replicas[0].admin });
  await client.startUpload('drained/app');
  const ended = Promise.all(replicas.map((replica) => replica.shutDown()));
  const areDraining = async () => {
    const answers = replicas.map(({ url }) => fetch(`${url}/readyz`).then((answer) => answer.text()));
    return (await Promise.all(answers)).every((text) => text.includes('draining'));
  };
  await eventually('both drain', areDraining);
  let started = 0;
  for (const until = Date.now() + 2500; Date.now() < until; started++)
    await client.startUpload('drained/app');
  expect(started).toBeGreaterThan(3);
  expect(await ended).toEqual([0, 0]);
  for (const replica of replicas) await replica.restart();
});

test('one is killed in the middle of fifty pushes: all succeed by the clients own retries', async () => {
  const layouts = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      newLayout(`killed-${number}`, number < 10 ? 4 << 20 : 64 << 10),
    ),
  );
  let done = 0;
  const waiting = [...layouts.entries()];
  const lanes = Array.from({ length: 6 }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, { path }] = next;
      await push(number, `${host}/killed/app${number % 5}:v${number}`, path);
      done += 1;
    }
  });
  await eventually('some pushes are done', () => done >= 5);
  await replicas[1].kill9();
  await orTellAll(Promise.all(lanes));
  expect(done).toBe(50);
  const client = new RegistryClient({ url: replicas[0].url, credentials: replicas[0].admin });
  for (const [number, { digest }] of layouts.entries()) {
    const repository = `killed/app${number % 5}`;
    const tagged = await client.expect([200], 'HEAD', `/v2/${repository}/manifests/v${number}`, {
      headers: { accept: '*/*' },
    });
    expect(tagged.headers.get('docker-content-digest')).toBe(digest);
    const manifest = JSON.parse((await client.pullManifest(repository, digest)).toString());
    for (const { digest: blob } of [manifest.config, ...manifest.layers]) {
      expect(await client.hasBlob(repository, blob)).toBe(true);
    }
  }
  await replicas[1].restart();
});
