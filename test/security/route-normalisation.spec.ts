import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { randomImage, type TestManifest } from '../support/images.js';
import { rawRequest } from '../support/raw-http.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('route normalisation (Nest on Fastify CVE-2025-69211, CVE-2026-2293; Next CVE-2025-29927)', () => {
  let app: TestApp;
  let world: World;
  let bob: Credentials;
  let image: TestManifest;
  let token: string;
  const there = 'pppppppp';
  const absent = 'qqqqqqqq';

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    bob = await world.accessToken('bob');
    image = randomImage();
    const owner = new RegistryClient({ url: app.url, credentials: await world.accessToken('alice') });
    await owner.push(`alice/${there}`, image, 'latest');
    const scopes = [there, absent].map((name) => `repository:alice/${name}:pull,push,delete`);
    token = await bearer(app.url, scopes, bob);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const paths = () => [
    `/v2/alice/${there}/manifests/latest`,
    `/v2/alice/${there}/manifests/${image.digest}`,
    `/v2/alice/${there}/blobs/${image.blobs[0]!.digest}`,
    `/v2/alice/${there}/tags/list`,
    `/v2/alice/${there}/referrers/${image.digest}`,
    `/api/v1/repositories/alice%2F${there}`,
  ];
  const variants: [string, (path: string) => string][] = [
    ['as it is', (path) => path],
    ['with a trailing slash', (path) => `${path}/`],
    ['with two trailing slashes', (path) => `${path}//`],
    ['with a double slash at the start', (path) => `/${path}`],
    ['with a double slash inside', (path) => path.replace(/\/([pq]{8})/, '//$1')],
    ['with an encoded letter', (path) => path.replace('alice', '%61lice')],
    ['with an encoded slash', (path) => path.replace(/alice.([pq]{8})/, 'alice%2f$1')],
    ['with a doubly encoded slash', (path) => path.replace(/alice(\/|%2F)/, 'alice%252F')],
    ['with a dot', (path) => path.replace('alice', './alice')],
    ['with dots', (path) => path.replace('alice', 'bob/../alice')],
    ['with encoded dots', (path) => path.replace('alice', 'bob/%2e%2e/alice')],
    ['with a backslash', (path) => path.replace('alice/', 'alice\\')],
    ['in capitals', (path) => path.replace('/v2/', '/V2/').replace('/api/', '/API/')],
    [
      'with a route in capitals',
      (path) => path.replace(/manifests|blobs|tags|referrers|repositories/, (word) => word.toUpperCase()),
    ],
    ['with a parameter in the path', (path) => `${path};a=b`],
    ['with a fragment', (path) => `${path}#top`],
    ['with a query of a path', (path) => `${path}?/v2/_catalog`],
    ['in absolute form', (path) => `http://localhost${path}`],
    ['in absolute form of another host', (path) => `https://evil.example${path}`],
    ['in absolute form with dots', (path) => `http://localhost/v2/../${path.slice(1)}`],
    ['with a character beyond ASCII', (path) => path.replace('alice', 'alic\u{ff45}')],
    ['with a NUL', (path) => `${path}%00`],
    ['with a suffix', (path) => `${path}.json`],
  ];
  const headers: [string, Record<string, string>][] = [
    [
      'x-middleware-subrequest',
      { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    ],
    [
      'a path for proxies',
      { 'X-Original-URL': '/v2/', 'X-Rewrite-URL': '/v2/', 'X-Forwarded-Prefix': '/v2' },
    ],
    [
      'another method',
      { 'X-HTTP-Method-Override': 'GET', 'X-HTTP-Method': 'GET', 'X-Method-Override': 'GET' },
    ],
    [
      'a trusted look',
      { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', 'X-WEBAUTH-USER': 'alice' },
    ],
  ];
  const rows = [
    ...variants.map(([how, vary]) => ({ how, vary, what: 'no more', sent: {} as Record<string, string> })),
    ...headers.map(([what, sent]) => ({ how: 'as it is', vary: (path: string) => path, what, sent })),
  ];

  it.each(rows)('a path $how, with $what: the same denial as where nothing is', async ({ vary, sent }) => {
    for (const path of paths()) {
      for (const method of ['GET', 'HEAD']) {
        for (const authorization of [undefined, basic(bob), token]) {
          const all: Record<string, string> = {
            ...sent,
            ...(authorization ? { Authorization: authorization } : {}),
          };
          const answers = [];
          for (const name of [there, absent]) {
            const target = Buffer.from(vary(path.replace(there, name))).toString('latin1');
            const { headers: answered, ...rest } = await rawRequest(app.url, method, target, all);
            const { date: _, 'x-request-id': __, ...kept } = answered;
            expect([method, target, rest.status]).toEqual([
              method,
              target,
              expect.toBeOneOf([400, 401, 404]),
            ]);
            answers.push(JSON.stringify({ ...rest, kept }).replaceAll(absent, there));
          }
          expect(answers[0]).toBe(answers[1]);
        }
      }
    }
  });
});
