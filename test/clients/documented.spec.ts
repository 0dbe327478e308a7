// needs: dockerd crane skopeo oras helm cosign
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { type Berth, startBerth } from '../support/berth-process.js';
import { freePort } from '../support/free-port.js';
import { randomImage } from '../support/images.js';
import { writeOciLayout } from '../support/oci-layout.js';
import { run, runAnyway } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

const docs = join(import.meta.dirname, '../../docs');
const NAME = 'registry.test';
const tools = ['skopeo', 'crane', 'oras', 'helm', 'cosign'] as const;

/** The blocks that a page marks as shell to be run, by the heading above them. */
function blocksOf(page: string): { heading: string; script: string }[] {
  const text = readFileSync(join(docs, page), 'utf8');
  return text.split(/^##+ /m).flatMap((section) => {
    const [heading = ''] = section.split('\n', 1);
    return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, script = '']) => ({ heading, script }));
  });
}

let berth: Berth;
let directory: string;
let host: string;

/** As a person has them who has given the machine a name and a certificate as `docs/home-server.md` says. */
beforeAll(async () => {
  directory = await temporaryDirectory('documented');
  const certificate = blocksOf('home-server.md').find(({ script }) => script.includes('openssl'))!;
  await run('bash', ['-eu', '-c', certificate.script], { cwd: directory, env: { NAME } });
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // for the question whether it is ready; clients check the certificate
  const port = await freePort();
  host = `${NAME}:${port}`;
  berth = await startBerth({
    env: {
      BERTH_PORT: String(port),
      BERTH_PUBLIC_URL: `https://${host}`,
      BERTH_TLS_CERT: join(directory, 'tls.crt'),
      BERTH_TLS_KEY: join(directory, 'tls.key'),
    },
  });
  mkdirSync(join(directory, 'bin'));
  for (const tool of tools) symlinkSync(toolPath(tool), join(directory, 'bin', tool));
  writeFileSync(join(directory, 'hosts'), `127.0.0.1 localhost ${NAME}\n`);
  writeOciLayout(join(directory, 'layout'), randomImage(), 'latest');
});
afterAll(async () => {
  await berth?.stop();
  if (directory) await removeDirectory(directory);
});

describe('the commands of docs/clients.md work as they stand there', () => {
  const blocks = blocksOf('clients.md');

  test('every one of these clients has some', () => {
    expect(blocks.map(({ heading }) => heading)).toEqual([...tools]);
  });

  test.each(blocks)('$heading', async ({ heading, script }) => {
    const home = join(directory, `home-${heading}`);
    mkdirSync(home);
    copyFileSync(join(directory, 'ca.crt'), join(home, 'ca.crt'));
    // The name is known in a mount namespace of its own, and to nobody else on the machine.
    const inNamespace = 'mount --bind "$0" /etc/hosts && exec bash -eu -o pipefail -c "$1"';
    const { code, stdout, stderr } = await runAnyway(
      'unshare',
      ['--mount', 'sh', '-c', inNamespace, join(directory, 'hosts'), script],
      {
        cwd: home,
        env: {
          PATH: `${join(directory, 'bin')}:${process.env.PATH}`,
          HOME: home,
          DOCKER_CONFIG: join(home, '.docker'),
          REGISTRY_AUTH_FILE: join(home, 'auth.json'),
          SSL_CERT_FILE: join(home, 'ca.crt'),
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
