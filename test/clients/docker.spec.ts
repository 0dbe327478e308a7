// needs: dockerd docker busybox
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import {
  type RecordedRequest,
  type RecordingProxy,
  startRecordingProxy,
} from '../support/recording-proxy.js';

let proxy: RecordingProxy;
let berth: Berth;
let host: string;
let engine: DockerEngine;
/** The engine's client with the admin's login, and one without any. */
let admin: DockerEngine;
let anonymous: DockerEngine;

beforeAll(async () => {
  proxy = await startRecordingProxy();
  host = `localhost:${proxy.port}`;
  berth = await startBerth({ workers: 2, env: { BERTH_PUBLIC_URL: `http://${host}` } });
  proxy.targets.push(berth.url);
  engine = await startDocker();
  admin = engine.as('admin');
  anonymous = engine.as('anonymous');
  await engine.buildBusybox('base');
});

afterAll(async () => {
  await engine?.stop();
  await berth?.stop();
  await proxy?.close();
});

/** The steps of one person's day, in order; each goes on where the last one ended. */
describe('docker', () => {
  test('refuses to push before login', async () => {
    await build(`${host}/team/app:1`, ['FROM base', 'RUN echo one > /one', 'CMD ["cat", "/one"]']);
    const { code, stderr } = await anonymous.dockerAnyway(['push', `${host}/team/app:1`]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/denied|no basic auth|authentication required|unauthorized/);
  });

  test('refuses a wrong password', async () => {
    const { code, stderr } = await login('anonymous', 'not the password');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/unauthorized|incorrect username or password/);
  });

  test('logs in and pushes', async () => {
    const { code, stdout } = await login('admin', berth.admin.password);
    expect(code).toBe(0);
    expect(stdout).toContain('Login Succeeded');
    expect(await admin.docker('push', `${host}/team/app:1`)).toMatch(/1: digest: sha256:[0-9a-f]{64}/);
  });

  test('finds a private image only with its owner’s login', async () => {
    expect(await admin.docker('search', `${host}/app`)).toContain('team/app');
    expect(await anonymous.docker('search', `${host}/app`)).not.toContain('team/app');
  });

  test('finds a public image without any login', async () => {
    await admin.docker('tag', `${host}/team/app:1`, `${host}/team/open-app:1`);
    await admin.docker('push', `${host}/team/open-app:1`);
    await makePublic('team/open-app');
    const found = await anonymous.docker('search', `${host}/app`);
    expect(found).toContain('team/open-app');
    expect(found).not.toContain('team/app ');
  });

  test('pulls and runs an image that was removed', async () => {
    await removeImages(`${host}/team/app:1`, `${host}/team/open-app:1`);
    expect((await admin.dockerAnyway(['image', 'inspect', `${host}/team/app:1`])).code).not.toBe(0);
    await admin.docker('pull', `${host}/team/app:1`);
    expect(await admin.docker('run', '--rm', `${host}/team/app:1`)).toBe('one\n');
  });

  test('pulls a public image without any login, and no private one', async () => {
    await anonymous.docker('pull', `${host}/team/open-app:1`);
    const { code, stderr } = await anonymous.dockerAnyway(['pull', `${host}/team/app:1`]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/denied|unauthorized|no basic auth/);
  });

  test('builds from an image that only Berth has', async () => {
    await removeImages(`${host}/team/app:1`, `${host}/team/open-app:1`, 'base');
    await build(`${host}/team/app:2`, [
      `FROM ${host}/team/app:1`,
      'RUN echo two > /two',
      'CMD ["cat", "/one", "/two"]',
    ]);
    expect(await admin.docker('run', '--rm', `${host}/team/app:2`)).toBe('one\ntwo\n');
  });

  test('sends only the new layer of a changed image', async () => {
    const sent = await requestsDuring(() => admin.docker('push', `${host}/team/app:2`));
    expect(finishedUploads(sent)).toHaveLength(2); // the new layer and the new config
    const bytesSent = sent.reduce((sum, request) => sum + request.sentBytes, 0);
    expect(bytesSent).toBeLessThan(64 * 1024); // the base is two megabytes
  });

  test('sends no blob for a second tag', async () => {
    await admin.docker('tag', `${host}/team/app:2`, `${host}/team/app:latest`);
    const sent = await requestsDuring(() => admin.docker('push', `${host}/team/app:latest`));
    expect(finishedUploads(sent)).toEqual([]);
  });

  test('mounts the layers in a second repository', async () => {
    await admin.docker('tag', `${host}/team/app:2`, `${host}/other/copy:2`);
    const sent = await requestsDuring(() => admin.docker('push', `${host}/other/copy:2`));
    const mounts = sent.filter(({ path, status }) => path.includes('mount=') && status === 201);
    expect(mounts.length).toBeGreaterThanOrEqual(3);
    const layerBytes = finishedUploads(sent).filter(({ sentBytes }) => sentBytes > 0);
    expect(layerBytes).toEqual([]);
  });

  test('puts two architectures behind one tag', async () => {
    for (const architecture of ['amd64', 'arm64']) {
      await engine.buildBusybox(`${host}/team/many:${architecture}`, architecture);
      await admin.docker('push', `${host}/team/many:${architecture}`);
    }
    const parts = [`${host}/team/many:amd64`, `${host}/team/many:arm64`];
    await admin.docker('manifest', 'create', '--insecure', `${host}/team/many:all`, ...parts);
    await admin.docker('manifest', 'push', '--insecure', `${host}/team/many:all`);
    await removeImages(...parts);
    for (const architecture of ['amd64', 'arm64']) {
      await admin.docker('pull', '--platform', `linux/${architecture}`, `${host}/team/many:all`);
      const found = await admin.docker(
        'image',
        'inspect',
        '--format',
        '{{.Architecture}}',
        `${host}/team/many:all`,
      );
      expect(found.trim()).toBe(architecture);
    }
  });

  test('is refused after logging out', async () => {
    await admin.docker('logout', host);
    const { code } = await admin.dockerAnyway(['push', `${host}/team/app:2`]);
    expect(code).not.toBe(0);
  });
});

async function login(person: string, password: string) {
  const args = ['login', '--username', berth.admin.username, '--password-stdin', host];
  return engine.as(person).dockerAnyway(args, { input: password });
}

async function build(name: string, dockerfile: string[]): Promise<void> {
  const { code, stdout, stderr } = await admin.dockerAnyway(['build', '--tag', name, '-'], {
    input: dockerfile.join('\n'),
  });
  if (code !== 0) throw new Error(`docker build: ${stdout}${stderr}`);
}

async function removeImages(...names: string[]): Promise<void> {
  await admin.docker('image', 'rm', '--force', ...names);
  await admin.docker('image', 'prune', '--force', '--all');
}

async function makePublic(repository: string): Promise<void> {
  const basic = Buffer.from(`${berth.admin.username}:${berth.admin.password}`).toString('base64');
  const response = await fetch(`${berth.url}/api/v1/repositories/${encodeURIComponent(repository)}`, {
    method: 'PATCH',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ visibility: 'public' }),
  });
  expect(response.status).toBe(200);
}

async function requestsDuring(work: () => Promise<unknown>): Promise<RecordedRequest[]> {
  const before = proxy.requests.length;
  await work();
  return proxy.requests.slice(before);
}

/** Uploads that became blobs. Mounts are none. */
function finishedUploads(requests: RecordedRequest[]): RecordedRequest[] {
  return requests.filter(
    ({ method, path, status }) => method === 'PUT' && path.includes('/blobs/uploads/') && status === 201,
  );
}
