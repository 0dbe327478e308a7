// The registries under comparison, each as its makers ship it, with data of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../scripts/start/conditions.mjs';
import { freePort } from '../../scripts/start/ports.mjs';
import { root } from '../../scripts/start/root.mjs';
import { Client } from './client.mjs';
import { onInterrupt } from './interrupts.mjs';

const PASSWORD = 'a password for the bench';

/**
 * @typedef {object} Server
 * @property {string} name as the table calls it
 * @property {string} url
 * @property {number} [pid] of the process that has all others below it; none for one that runs elsewhere
 * @property {(repository: string) => Promise<Client>} pusher may push there
 * @property {{ label: string, headers: (repository: string) => Promise<Record<string, string>>, repository: (name: string) => string }[]} readers
 *   the ways to read: Berth is read privately by a member and publicly by anybody
 * @property {() => Promise<string>} [askToken] a member's Authorization header for its token service
 * @property {() => Promise<Record<string, string>>} [readCatalog] a member's headers for the catalog
 * @property {() => string} said the end of its log, for whoever looks why it failed
 * @property {() => Promise<void>} stop
 */

/** @typedef {{ endpoint: string, accessKey: string, secretKey: string, bucket: (name: string) => string }} ObjectStore */

/** Berth by `npm start`: embedded Postgres, durable writes, full access control. @param {string} directory @param {ObjectStore} [store] @returns {Promise<Server>} */
export async function startBerth(directory, store) {
  const port = await freePort();
  const server = await launch('berth', process.execPath, [path.join(root, 'scripts/start.mjs')], port, {
    BERTH_PORT: String(port),
    BERTH_DATA_DIR: path.join(directory, 'berth'),
    BERTH_ADMIN_PASSWORD: PASSWORD,
    BERTH_LOG_LEVEL: 'error',
    ...(store && {
      BERTH_STORAGE: 's3',
      BERTH_S3_ENDPOINT: store.endpoint,
      BERTH_S3_BUCKET: store.bucket('berth'),
      BERTH_S3_ACCESS_KEY: store.accessKey,
      BERTH_S3_SECRET_KEY: store.secretKey,
    }),
  });
  const admin = new Client(server.url, { Authorization: basic('admin', PASSWORD) });
  await prepareAccounts(admin);
  const owner = { Authorization: basic('owner', PASSWORD) };
  const member = { Authorization: basic('member', PASSWORD) };
  const bearer = async (/** @type {string} */ scope, headers = {}) => {
    const answer = await new Client(server.url, headers).expect([200], 'GET', `/token?scope=${scope}`);
    return { Authorization: `Bearer ${JSON.parse(answer.body.toString()).token}` };
  };
  return {
    ...server,
    name: 'Berth',
    pusher: async (repository) =>
      new Client(server.url, await bearer(`repository:${repository}:pull,push`, owner)),
    readers: [
      {
        label: 'private, a member',
        repository: (name) => `team/${name}`,
        headers: (repository) => bearer(`repository:${repository}:pull`, member),
      },
      {
        label: 'public, anonymous',
        repository: (name) => `open/${name}`,
        headers: async () => /** @type {Record<string, string>} */ ({}),
      },
    ],
    askToken: () => accessToken(server.url),
    readCatalog: () => bearer('registry:catalog:*', member),
  };
}

/** @param {Client} admin */
async function prepareAccounts(admin) {
  const json = (/** @type {object} */ body) => ({
    body: Buffer.from(JSON.stringify(body)),
    headers: { 'Content-Type': 'application/json' },
  });
  for (const username of ['owner', 'member']) {
    await admin.expect([201], 'POST', '/api/v1/users', json({ username, password: PASSWORD }));
  }
  for (const name of ['team', 'open']) {
    await admin.expect([201], 'POST', '/api/v1/namespaces', json({ name }));
    await admin.expect(
      [200, 201, 204],
      'PUT',
      `/api/v1/namespaces/${name}/members/owner`,
      json({ role: 'owner' }),
    );
    await admin.expect(
      [200, 201, 204],
      'PUT',
      `/api/v1/namespaces/${name}/members/member`,
      json({ role: 'reader' }),
    );
  }
  for (const name of ['many', 'large', 'blobs', 'images']) {
    const repository = { name: `open/${name}`, visibility: 'public' };
    await admin.expect([201], 'POST', '/api/v1/repositories', json(repository));
  }
}

/** An access token of the member: what CI asks registry tokens with. @param {string} url */
async function accessToken(url) {
  const member = new Client(url, { Authorization: basic('member', PASSWORD) });
  const made = await member.expect([201], 'POST', '/api/v1/access-tokens', {
    body: Buffer.from(JSON.stringify({ name: `bench ${Date.now()}`, scopes: ['repository:read'] })),
    headers: { 'Content-Type': 'application/json' },
  });
  return basic('member', JSON.parse(made.body.toString()).token);
}

/**
 * CNCF Distribution, without any access control. @param {{ name: string, program: string, directory: string, store?: ObjectStore }} options
 * @returns {Promise<Server>}
 */
export async function startDistribution({ name, program, directory, store }) {
  const port = await freePort();
  const folder = path.join(directory, name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const storage = store
    ? `s3:\n    regionendpoint: ${store.endpoint}\n    region: us-east-1\n    bucket: ${store.bucket('distribution')}\n    accesskey: ${store.accessKey}\n    secretkey: ${store.secretKey}\n    forcepathstyle: true\n    secure: false`
    : `filesystem:\n    rootdirectory: ${path.join(folder, 'data')}`;
  const configuration = path.join(folder, 'config.yml');
  writeFileSync(
    configuration,
    `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  ${storage}
  redirect: { disable: true }
  delete: { enabled: true }
  cache: { blobdescriptor: inmemory }
http: { addr: "127.0.0.1:${port}" }
`,
  );
  const server = await launch(name, program, ['serve', configuration], port, {
    OTEL_TRACES_EXPORTER: 'none',
  });
  return asPeer({ ...server, name });
}

/** One that runs already. @param {{ name: string, url: string }} peer @returns {Server} */
export function runningPeer(peer) {
  return asPeer({ ...peer, said: () => '', stop: async () => {} });
}

/** @param {Pick<Server, 'name' | 'url' | 'pid' | 'said' | 'stop'>} server @returns {Server} */
function asPeer(server) {
  return {
    ...server,
    pusher: async () => new Client(server.url),
    readers: [
      { label: 'no access control', repository: (name) => `open/${name}`, headers: async () => ({}) },
    ],
  };
}

/**
 * @param {string} name @param {string} program @param {string[]} args @param {number} port
 * @param {Record<string, string>} environment
 */
async function launch(name, program, args, port, environment) {
  const { PATH, HOME } = process.env;
  const child = spawn(program, args, {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (output = (output + text).slice(-4000)));
  let hasEnded = false;
  const ended = new Promise((resolve) =>
    child.once('exit', () => {
      hasEnded = true;
      resolve(undefined);
    }),
  );
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  onInterrupt(() => child.kill('SIGTERM'));
  const url = `http://127.0.0.1:${port}`;
  const isUp = await until(async () => hasEnded || (await answersRequests(url)), { withinSeconds: 300 });
  if (!isUp || hasEnded) throw new Error(`${name} does not start:\n${output}`);
  if (child.pid === undefined) throw new Error(`${name} has no process`);
  return { url, pid: child.pid, said: () => output, stop };
}

/** A connection alone tells nothing: Berth tries whether it can have its port before it has anything to answer with. @param {string} url */
async function answersRequests(url) {
  try {
    await new Client(url).request('GET', '/v2/');
    return true;
  } catch {
    return false;
  }
}

/** @param {string} username @param {string} password */
function basic(username, password) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
