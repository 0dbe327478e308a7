// needs: dockerd docker busybox podman buildah containerd ctr crane skopeo oras helm cosign
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { ComposeEngine, NAME } from '../compose/engine.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { freePort } from '../support/free-port.js';
import { randomImage } from '../support/images.js';
import { writeOciLayout } from '../support/oci-layout.js';
import { run, runAnyway } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { startContainerd } from './containerd.js';
import { containersStorageIn } from './containers-storage.js';

const docs = join(import.meta.dirname, '../../docs');
const tools = ['docker', 'podman', 'buildah', 'skopeo', 'crane', 'oras', 'helm', 'cosign', 'ctr'] as const;
const headings = ['docker', 'podman and buildah', 'skopeo', 'crane', 'oras', 'helm', 'cosign', 'containerd'];
/** Clients that are told of the authority by a folder of their own, and not by `SSL_CERT_FILE`. */
const withOwnFolder = ['docker', 'containerd'];

const pageOf = (name: string) => readFileSync(join(docs, name), 'utf8');

/** The blocks that a page marks as shell to be run, by the heading above them. */
function blocksOf(page: string): { heading: string; script: string }[] {
  return pageOf(page)
    .split(/^##+ /m)
    .flatMap((section) => {
      const [heading = ''] = section.split('\n', 1);
      return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, script = '']) => ({
        heading,
        script,
      }));
    });
}

let berth: Berth;
let directory: string;
let host: string;
let engine: ComposeEngine;
let containerd: Awaited<ReturnType<typeof startContainerd>>;

/** As a person has them who has given the machine a name and a certificate as `docs/home-server.md` says. */
beforeAll(async () => {
  directory = await temporaryDirectory('documented');
  const certificate = blocksOf('home-server.md').find(({ script }) => script.includes('openssl'))!;
  await run('bash', ['-eu', '-c', certificate.script], { cwd: directory, env: { NAME } });
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // for the question whether it is ready; clients check the certificate
  const port = await freePort();
  host = `${NAME}:${port}`;
  engine = await ComposeEngine.start();
  await engine.trust(host, readFileSync(join(directory, 'ca.crt'), 'utf8'));
  await buildBusybox();
  containerd = await startContainerd(join(directory, 'containerd'));
  trustInContainerd();
  berth = await startBerth({
    env: {
      BERTH_PORT: String(port),
      BERTH_HOST: '0.0.0.0', // the engine would trust a loopback address without a certificate
      BERTH_PUBLIC_URL: `https://${host}`,
      BERTH_TLS_CERT: join(directory, 'tls.crt'),
      BERTH_TLS_KEY: join(directory, 'tls.key'),
    },
  });
  mkdirSync(join(directory, 'bin'));
  for (const tool of tools) symlinkSync(toolPath(tool), join(directory, 'bin', tool));
  writeOciLayout(join(directory, 'layout'), randomImage(), 'latest');
});
afterAll(async () => {
  await containerd?.stop();
  await engine?.stop();
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

/** The image that the page takes as an example, in the engine and as a folder to build from. */
async function buildBusybox(): Promise<void> {
  const context = join(directory, 'busybox');
  mkdirSync(context);
  copyFileSync(toolPath('busybox'), join(context, 'busybox'));
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY busybox /bin/busybox\n');
  await engine.docker('build', '--quiet', '--tag', 'busybox', context);
}

/** The file of `docs/home-server.md`, with this name and this path. */
function trustInContainerd(): void {
  const folder = join(directory, 'containerd-etc', 'certs.d', host);
  mkdirSync(folder, { recursive: true });
  const [, example = ''] = /^```toml\n(server = [\s\S]*?)^```$/m.exec(pageOf('home-server.md')) ?? [];
  const file = example
    .replaceAll('registry.example.org', host)
    .replace('/path/ca.crt', join(directory, 'ca.crt'));
  writeFileSync(join(folder, 'hosts.toml'), file);
}

describe('the commands of docs/clients.md work as they stand there', () => {
  const blocks = blocksOf('clients.md');

  test('every one of these clients has some', () => {
    expect(blocks.map(({ heading }) => heading)).toEqual(headings);
  });

  test.each(blocks)('$heading', async ({ heading, script }) => {
    const home = join(directory, `home-${heading.replaceAll(' ', '-')}`);
    cpSync(join(directory, 'busybox'), home, { recursive: true });
    copyFileSync(join(directory, 'ca.crt'), join(home, 'ca.crt'));
    // The name is known in a mount namespace of its own, and to nobody else on the machine.
    const inNamespace =
      'mount --bind "$0" /etc/hosts && mkdir -p /etc/containerd && mount --bind "$1" /etc/containerd && exec bash -eu -o pipefail -c "$2"';
    const { code, stdout, stderr } = await runAnyway(
      'unshare',
      [
        ...['--mount', 'sh', '-c', inNamespace],
        ...[join(engine.directory, 'hosts'), join(directory, 'containerd-etc'), script],
      ],
      {
        cwd: home,
        env: {
          PATH: `${join(directory, 'bin')}:${process.env.PATH}`,
          HOME: home,
          DOCKER_HOST: engine.env.DOCKER_HOST!,
          DOCKER_CONFIG: join(home, '.docker'),
          REGISTRY_AUTH_FILE: join(home, 'auth.json'),
          CONTAINERS_STORAGE_CONF: containersStorageIn(home),
          ...containerd.env,
          ...(withOwnFolder.includes(heading) ? {} : { SSL_CERT_FILE: join(home, 'ca.crt') }),
          REGISTRY: host,
          USERNAME: berth.admin.username,
          PASSWORD: berth.admin.password,
          IMAGE_LAYOUT: join(directory, 'layout'),
        },
      },
    );
    expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' });
  });
});
