// needs: dockerd docker docker-compose debootstrap minio versitygw chromium
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { isFullSize } from '../support/full-size.js';
import { run } from '../support/program.js';
import { describeSmall } from './describe-small.js';
import { ComposeEngine, NAME } from './engine.js';
import { ComposeSite } from './site.js';
import { buildBerthImage, makeStandInImages, makeVersitygwImage } from './stand-ins.js';

const root = join(import.meta.dirname, '../..');
const LAYER_BYTES = (isFullSize ? 300 : 24) << 20;
/** What `debian:bookworm-slim` has, which the stand-in is larger than. */
const BASE_MEGABYTES = 75;

let engine: ComposeEngine;
let site: ComposeSite;
let image: string;

beforeAll(async () => {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: root, deadlineSeconds: 600 });
  engine = await ComposeEngine.start();
  await makeStandInImages(engine);
  const api = {
    file: 'apps/registry-api/Dockerfile',
    parts: 'registry-api',
    tag: 'berth/registry-api',
  } as const;
  const web = { file: 'apps/web/Dockerfile', parts: 'web', tag: 'berth/web' } as const;
  await Promise.all([buildBerthImage(engine, api), buildBerthImage(engine, web)]);
  const [port, httpPort] = [await freePort(), await freePort()];
  site = await ComposeSite.make(engine, { files: ['docker-compose.yml'], port, httpPort, arguments: [] });
  image = `${site.host}/team/big:1`;
});
afterAll(async () => {
  await site?.compose('down', '--volumes', '--timeout', '5');
  await engine?.stop();
});

test('the compose file is clean', async () => {
  expect(await site.compose('config', '--quiet')).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test('the example value of a secret is refused', async () => {
  const example = ['run', '--rm', '--network', 'none', '--env-file', join(site.directory, '.env.example')];
  const { code, stderr } = await engine.dockerAnyway([...example, 'berth/registry-api']);
  expect(code).toBe(1);
  expect(stderr).toBe(
    'BERTH_ADMIN_PASSWORD has the value of .env.example: deploy/make-env writes one that nobody knows\n',
  );
});

describe.each([
  { name: 'berth/registry-api', parts: 'registry-api', port: '5000/tcp' },
  { name: 'berth/web', parts: 'web', port: '3000/tcp' },
])('the image $name', ({ name, parts, port }) => {
  test('is of an ordinary user, with a health check, an init and labels', async () => {
    const [{ Config: config }] = JSON.parse(await engine.docker('image', 'inspect', name));
    expect(config.User).toBe('10001:10001');
    expect(config.Healthcheck.Test[0]).toBe('CMD');
    expect(config.Entrypoint[0]).toBe('tini');
    expect(Object.keys(config.ExposedPorts)).toEqual([port]);
    expect(config.Labels['org.opencontainers.image.licenses']).toBe('Apache-2.0');
    const version = await engine.docker(
      'run',
      '--rm',
      '--network',
      'none',
      '--entrypoint',
      'node',
      name,
      '--version',
    );
    expect(version.trim()).toBe(process.version);
  });

  test('is small and has nothing of the development', async () => {
    const megabytes =
      Number(await engine.docker('image', 'inspect', '--format', '{{.Size}}', `built:${parts}`)) / 1e6;
    expect(megabytes + BASE_MEGABYTES).toBeLessThan(250);
    const list = "const fs = require('fs'); console.log(fs.readdirSync('/app/node_modules').join(' '))";
    const args = ['run', '--rm', '--network', 'none', '--entrypoint', 'node', name, '-e', list];
    const modules = (await engine.docker(...args)).trim().split(' ');
    expect(modules).toContain(parts === 'web' ? 'next' : 'express');
    for (const tool of ['vitest', 'typescript', 'supertest', 'node', '@biomejs'])
      expect(modules).not.toContain(tool);
  });
});

test('everything comes up healthy, one after the other', async () => {
  await site.up();
  const listed = await engine.docker('ps', '--format', '{{.Names}} {{.Status}}');
  const running = listed.trim().split('\n');
  expect(running).toHaveLength(6);
  expect(running.filter((line) => line.includes('(healthy)'))).toHaveLength(5);
  await eventually('the gateway answers', async () => (await site.ask('/readyz')).body.includes('"ready"'));
});

test('a client needs the authority of the certificate', async () => {
  const login = ['login', site.host, '--username', 'admin', '--password-stdin'];
  const refused = await engine.dockerAnyway(login, site.admin.password);
  expect(refused.stderr).toContain('x509: certificate signed by unknown authority');
  await engine.trust(site.host, site.authority);
  expect((await engine.dockerAnyway(login, site.admin.password)).stdout).toContain('Login Succeeded');
});

test(`an image of ${LAYER_BYTES >> 20} MiB is pushed through the gateway, and pulled from either replica`, async () => {
  await makeImage(image, LAYER_BYTES);
  const pushed = /digest: (sha256:\w+)/.exec(await engine.docker('push', image))?.[1];
  for (const stopped of ['registry-api-1', 'registry-api-2']) {
    expect((await site.compose('stop', stopped)).code).toBe(0);
    await engine.docker('rmi', image);
    expect(await engine.docker('pull', image)).toContain(`Digest: ${pushed}`);
    expect((await site.compose('start', stopped)).code).toBe(0);
    const isHealthy = async () =>
      (await engine.docker('ps', '--filter', `name=${stopped}`)).includes('(healthy)');
    await eventually(`${stopped} is healthy again`, isHealthy);
  }
});

test('it is found by docker search, by the API and in the browser', async () => {
  const change = { method: 'PATCH', as: 'admin', body: { visibility: 'public' } } as const;
  expect((await site.ask('/api/v1/repositories/team%2Fbig', change)).status).toBe(200);
  expect(await engine.docker('search', `${site.host}/big`)).toContain('team/big');
  expect(JSON.parse((await site.ask('/api/v1/search?q=big')).body)).toMatchObject({
    items: [{ name: 'team/big' }],
  });
  const page = await run(toolPath('chromium'), [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
    ...[
      `--user-data-dir=${join(engine.directory, 'browser')}`,
      `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
    ],
    ...['--ignore-certificate-errors', '--virtual-time-budget=5000', '--dump-dom'],
    `https://${site.host}/explore?q=big`,
  ]);
  expect(page).toContain('team/big');
});

test('clients are told apart by their addresses, which they cannot make up', async () => {
  const entries = JSON.parse((await site.ask('/api/v1/admin/audit?limit=50', { as: 'admin' })).body);
  const addresses = new Set(
    entries.items.map(({ address }: { address: string | null }) => address).filter(Boolean),
  );
  expect(addresses.size).toBeGreaterThan(0);
});

test('down takes everything away, and its volumes when asked to', async () => {
  const { code } = await site.compose('down', '--volumes', '--timeout', '40');
  expect(code).toBe(0);
  expect((await engine.docker('ps', '--all', '--quiet')).trim()).toBe('');
  expect((await engine.docker('volume', 'ls', '--quiet')).trim()).toBe('');
});

if (isFullSize) {
  test('versitygw takes the place of MinIO by its override', async () => {
    await makeVersitygwImage(engine);
    const other = await ComposeSite.make(engine, {
      files: ['docker-compose.yml', 'deploy/compose.versitygw.yml'],
      port: await freePort(),
      httpPort: await freePort(),
      arguments: [],
    });
    await other.up();
    await engine.trust(other.host, other.authority);
    await engine.docker('login', other.host, '--username', 'admin', '--password', other.admin.password);
    const name = `${other.host}/team/elsewhere:1`;
    await makeImage(name, 12 << 20);
    const pushed = /digest: (sha256:\w+)/.exec(await engine.docker('push', name))?.[1];
    await engine.docker('rmi', name);
    expect(await engine.docker('pull', name)).toContain(`Digest: ${pushed}`);
    expect((await other.compose('down', '--volumes', '--timeout', '40')).code).toBe(0);
  });
}

describeSmall(
  () => engine,
  (name) => makeImage(name, 1 << 20),
);

async function makeImage(name: string, layerBytes: number): Promise<void> {
  const context = await mkdtemp(join(engine.directory, 'image-'));
  await writeFile(join(context, 'bytes'), randomBytes(layerBytes));
  await cp(toolPath('busybox'), join(context, 'busybox'));
  await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY busybox /busybox\nCOPY bytes /bytes\n');
  await engine.docker('build', '--quiet', '--tag', name, context);
}
