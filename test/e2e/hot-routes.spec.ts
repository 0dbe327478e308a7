import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegistryAdapter } from '../../apps/registry-api/src/http/registry-adapter.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { digestOf, randomBlob, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let callers: Record<string, string | undefined>;
const blob = randomBlob();
const image = randomImage();
const absent = digestOf(Buffer.from('nobody has this'));
/** Of each request, whether it was answered ahead of Express. */
const wasHot: boolean[] = [];

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const alice = await world.user('alice');
  const bob = await world.user('bob');
  await world.repository('alice/public', { visibility: 'public' });
  const client = new RegistryClient({ url: app.url, credentials: alice });
  for (const name of ['alice/public', 'alice/private']) {
    for (const tag of ['v1', 'v2', 'v3']) await client.push(name, image, tag);
    await client.pushBlob(name, blob);
  }
  const tokenOf = (credentials?: Credentials) =>
    bearer(app.url, ['repository:alice/private:pull', 'repository:alice/public:pull'], credentials);
  const robot = await world.robot('alice', 'ci');
  callers = {
    nobody: undefined,
    'an anonymous bearer': await tokenOf(),
    'a member by a bearer': await tokenOf(alice),
    'an access token': basic(await world.accessToken('alice')),
    'a robot by a bearer': await tokenOf(robot),
    'a stranger by a bearer': await tokenOf(bob),
    "a stranger's access token": basic(await world.accessToken('bob')),
    'a wrong password': basic({ ...alice, password: 'wrong' }),
    'a forged bearer': 'Bearer eyJhbGciOiJub25lIn0.e30.',
    'two tokens': 'Bearer one two',
    'another scheme': 'Digest username="alice"',
  };
  const adapter = app.nest.getHttpAdapter() as unknown as RegistryAdapter;
  const { hotRoutes } = adapter;
  adapter.hotRoutes = (request, response) => {
    const isHot = hotRoutes(request, response);
    wasHot.push(isHot);
    return isHot;
  };
});
afterAll(async () => {
  await world.close();
  await app.close();
});

/** What differs from answer to answer. */
const OWN_HEADERS = ['date', 'x-request-id'];

async function ask(method: string, path: string, headers: Record<string, string>) {
  wasHot.length = 0;
  const response = await fetch(`${app.url}/v2/${path}`, { method, headers });
  const kept = [...response.headers].filter(([name]) => !OWN_HEADERS.includes(name));
  return { isHot: wasHot[0], status: response.status, headers: kept, body: await response.text() };
}

/** Expects the same answer by both ways: an address with a percent sign goes through Express and Nest. */
async function expectSame(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const { isHot, ...hot } = await ask(method, path, headers);
  const { isHot: isOtherHot, ...other } = await ask(method, path.replace(/^alice/, '%61lice'), headers);
  expect([isHot, isOtherHot], path).toEqual([true, false]);
  expect(hot, path).toEqual(other);
  return hot.status;
}

const addresses = [
  'manifests/v1',
  `manifests/${image.digest}`,
  'manifests/absent',
  `blobs/${blob.digest}`,
  `blobs/${absent}`,
];
const unusual = [
  'alice/public/manifests/v1?ns=registry.example.org',
  'alice/public/manifests/.wrong',
  'alice/public/manifests/sha256:wrong',
  'alice/public/blobs/sha256:wrong',
  'alice/Wrong/manifests/v1',
  'alice/Wrong/manifests/.wrong',
  'alice/a..b/blobs/sha256:wrong',
  'alice//public/manifests/v1',
];

describe('a hot route answers as the ordinary one', () => {
  it.each([
    ['nobody', [200, 401, 404]],
    ['an anonymous bearer', [200, 401, 404]],
    ['a member by a bearer', [200, 401, 404]],
    ['an access token', [200, 404]],
    ['a robot by a bearer', [200, 401, 404]],
    ['a stranger by a bearer', [200, 401, 404]],
    ["a stranger's access token", [200, 404]],
    ['a forged bearer', [401]],
    ['two tokens', [401]],
    ['another scheme', [401]],
  ])('to %s', async (caller, expected) => {
    const authorization = callers[caller];
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const statuses = new Set<number>();
    for (const name of ['public', 'private', 'absent']) {
      for (const address of addresses) {
        for (const method of ['GET', 'HEAD'])
          statuses.add(await expectSame(method, `alice/${name}/${address}`, headers));
      }
      statuses.add(await expectSame('GET', `alice/${name}/tags/list`, headers));
    }
    expect([...statuses].sort()).toEqual(expected);
  });

  it('to a wrong password', async () => {
    const authorization = callers['a wrong password']!;
    expect(await expectSame('GET', 'alice/private/manifests/v1', { authorization })).toBe(401);
  });

  it.each(unusual)('to %s', async (path) => {
    const authorization = callers['a member by a bearer']!;
    for (const method of ['GET', 'HEAD']) await expectSame(method, path, { authorization });
    await expectSame('GET', path, {});
  });

  it('to conditions, ranges and pages', async () => {
    const authorization = callers['a member by a bearer']!;
    const blobPath = `alice/private/blobs/${blob.digest}`;
    const statuses = [
      await expectSame('GET', 'alice/private/manifests/v1', {
        authorization,
        'if-none-match': `"${image.digest}"`,
      }),
      await expectSame('HEAD', blobPath, { authorization, 'if-none-match': `W/"${blob.digest}"` }),
      await expectSame('GET', blobPath, { authorization, range: 'bytes=10-19' }),
      await expectSame('GET', blobPath, { authorization, range: 'bytes=999999-' }),
      await expectSame('GET', 'alice/private/tags/list?n=2', { authorization }),
      await expectSame('GET', 'alice/private/tags/list?n=0', { authorization }),
      await expectSame('GET', 'alice/private/tags/list?n=1&last=v%32', { authorization }),
      await expectSame('GET', 'alice/private/tags/list?n=-1', { authorization }),
    ];
    expect(statuses).toEqual([304, 304, 206, 416, 200, 200, 200, 400]);
  });
});

describe('the ordinary way is left', () => {
  it.each([
    ['another method', 'DELETE', 'alice/public/manifests/v1'],
    ['an upload', 'GET', 'alice/public/blobs/uploads/4f9c0a3e-3f0c-4c0e-9d0a-0d8b2f3a1c11'],
    ['a slash at the end', 'GET', 'alice/public/manifests/v1/'],
    ['referrers', 'GET', `alice/public/referrers/${image.digest}`],
    ['HEAD of a list', 'HEAD', 'alice/public/tags/list'],
    ['the catalog', 'GET', '_catalog'],
  ])('to %s', async (_what, method, path) => {
    expect(await ask(method, path, {})).toMatchObject({ isHot: false });
  });
});

it('counts under the route that it stands for', async () => {
  await ask('GET', 'alice/public/manifests/v1', {});
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(
    /berth_http_request_seconds_count\{route="\/v2\/\*name\/manifests\/:reference",method="GET",status="200"\} \d+/,
  );
  expect(metrics).not.toMatch(/berth_http_request_seconds_count\{route="none",method="GET",status="200"\}/);
});
