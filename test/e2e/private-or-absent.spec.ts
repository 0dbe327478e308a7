import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { randomBlob, randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

type Method = 'get' | 'head' | 'put' | 'post' | 'patch' | 'delete';

let app: TestApp;
let world: World;
let alice: Credentials;
let bob: Credentials;
let image: TestManifest;
let upload: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  await world.user('alice');
  await world.user('bob');
  alice = await world.accessToken('alice');
  bob = await world.accessToken('bob');
  const owner = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  image = randomImage();
  for (const name of ['alice/private', 'alice/shared']) await owner.push(name, image, 'latest');
  await world.grant('alice/shared', 'bob', 'reader');
  upload = (await owner.startUpload('alice/private')).split('/').at(-1)!;
});
afterAll(async () => {
  await world.close();
  await app.close();
});

interface Row {
  method: Method;
  path: (name: string) => string;
  action: 'pull' | 'push' | 'delete';
}
const rows: Row[] = [
  { method: 'get', path: (name) => `/v2/${name}/manifests/latest`, action: 'pull' },
  { method: 'head', path: (name) => `/v2/${name}/manifests/latest`, action: 'pull' },
  { method: 'get', path: (name) => `/v2/${name}/manifests/${image.digest}`, action: 'pull' },
  { method: 'get', path: (name) => `/v2/${name}/blobs/${image.blobs[0]!.digest}`, action: 'pull' },
  { method: 'head', path: (name) => `/v2/${name}/blobs/${image.blobs[0]!.digest}`, action: 'pull' },
  { method: 'get', path: (name) => `/v2/${name}/tags/list`, action: 'pull' },
  { method: 'get', path: (name) => `/v2/${name}/tags/list?n=1&last=a`, action: 'pull' },
  { method: 'get', path: (name) => `/v2/${name}/referrers/${image.digest}`, action: 'pull' },
  { method: 'put', path: (name) => `/v2/${name}/manifests/latest`, action: 'push' },
  { method: 'put', path: (name) => `/v2/${name}/manifests/${image.digest}?tag=latest`, action: 'push' },
  { method: 'post', path: (name) => `/v2/${name}/blobs/uploads/`, action: 'push' },
  {
    method: 'post',
    path: (name) => `/v2/${name}/blobs/uploads/?digest=${randomBlob().digest}`,
    action: 'push',
  },
  { method: 'post', path: (name) => `/v2/${name}/blobs/uploads/?mount=${image.digest}`, action: 'push' },
  { method: 'get', path: (name) => `/v2/${name}/blobs/uploads/${upload}`, action: 'push' },
  { method: 'patch', path: (name) => `/v2/${name}/blobs/uploads/${upload}`, action: 'push' },
  {
    method: 'put',
    path: (name) => `/v2/${name}/blobs/uploads/${upload}?digest=${image.digest}`,
    action: 'push',
  },
  { method: 'delete', path: (name) => `/v2/${name}/blobs/uploads/${upload}`, action: 'push' },
  { method: 'delete', path: (name) => `/v2/${name}/blobs/uploads/no-id-at-all`, action: 'push' },
  { method: 'delete', path: (name) => `/v2/${name}/manifests/latest`, action: 'delete' },
  { method: 'delete', path: (name) => `/v2/${name}/manifests/${image.digest}`, action: 'delete' },
  { method: 'delete', path: (name) => `/v2/${name}/blobs/${image.blobs[0]!.digest}`, action: 'delete' },
];

/** Everything that a client can see of an answer, without the name asked for, and its round trips. */
async function answerTo({ method, path }: Row, name: string, authorization?: string) {
  let seen = { status: 0, code: '', challenge: '', everything: '' };
  const statements = await app.countSql(async () => {
    const request = supertest(app.url)[method](path(name));
    if (authorization !== undefined) request.set('Authorization', authorization);
    const response = await (['get', 'head'].includes(method) ? request : request.send('some body'));
    const { date: _, 'x-request-id': __, ...headers } = response.headers;
    const everything = JSON.stringify({ headers, text: response.text ?? '' }).replaceAll(name, '<name>');
    const code = response.body.errors?.[0]?.code ?? '';
    seen = { status: response.status, code, challenge: headers['www-authenticate'] ?? '', everything };
  });
  return { ...seen, roundTrips: statements.length };
}

const scopeOf = (name: string, action: Row['action']) =>
  `scope="repository:${name}:${action === 'push' ? 'pull,push' : action}"`;
const asked = (name: string) => [`repository:${name}:pull,push,delete`];
/** As long as the private one's, so that nothing differs by length. */
const absent = ['alice/apsents', 'nobody/absent'];

describe.each(rows.map((row, index) => ({ ...row, what: `${row.method} (${index}, ${row.action})` })))(
  '$what on a private repository answers as on an absent one',
  (row) => {
    const callers: [
      string,
      (name: string) => Promise<string | undefined>,
      (row: Row, name: string) => object,
    ][] = [
      [
        'nobody',
        async () => undefined,
        ({ action }, name) => ({
          status: 401,
          challenge: expect.stringMatching(new RegExp(`,${scopeOf(name, action)}$`)),
        }),
      ],
      [
        'an anonymous bearer',
        (name) => bearer(app.url, asked(name)),
        ({ action }, name) => ({
          status: 401,
          challenge: expect.stringContaining(`,${scopeOf(name, action)},error="insufficient_scope"`),
        }),
      ],
      [
        'a stranger with Basic',
        async () => basic(bob),
        ({ method }) => ({ status: 404, code: method === 'head' ? '' : 'NAME_UNKNOWN', challenge: '' }),
      ],
      [
        "a stranger's bearer",
        (name) => bearer(app.url, asked(name), bob),
        ({ action }, name) => ({
          status: 401,
          challenge: expect.stringContaining(`,${scopeOf(name, action)},error="insufficient_scope"`),
        }),
      ],
      [
        "the owner's bearer for another repository",
        () => bearer(app.url, asked('alice/shared'), alice),
        ({ action }, name) => ({
          status: 401,
          challenge: expect.stringContaining(`,${scopeOf(name, action)},error="insufficient_scope"`),
        }),
      ],
    ];
    it.each(callers)('to %s', async (_who, authorizationFor, expected) => {
      const there = await answerTo(row, 'alice/private', await authorizationFor('alice/private'));
      expect(there).toMatchObject(expected(row, 'alice/private'));
      for (const name of absent) {
        const { challenge: _, ...rest } = await answerTo(row, name, await authorizationFor(name));
        const { challenge: __, ...same } = there;
        expect(rest).toEqual(same);
      }
    });
  },
);

describe.each(rows.filter(({ action }) => action !== 'pull'))(
  '$method ($action) where one may only read',
  (row) => {
    it('is denied with Basic, and asks for more with a bearer', async () => {
      const denied = await answerTo(row, 'alice/shared', basic(bob));
      expect(denied).toMatchObject({ status: 403, code: 'DENIED', challenge: '' });
      const refused = await answerTo(row, 'alice/shared', await bearer(app.url, asked('alice/shared'), bob));
      expect(refused).toMatchObject({
        status: 401,
        code: 'UNAUTHORIZED',
        challenge: expect.stringContaining(
          `,${scopeOf('alice/shared', row.action)},error="insufficient_scope"`,
        ),
      });
    });
  },
);

it('nothing of it touched what is there', async () => {
  const owner = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  expect(await owner.pullManifest('alice/private', 'latest')).toEqual(image.bytes);
  await owner.expect([204], 'GET', `/v2/alice/private/blobs/uploads/${upload}`);
});
