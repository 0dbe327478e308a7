import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { randomImage, type TestManifest } from '../support/images.js';
import { rawRequest } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

describe('the request line under /v2', () => {
  let app: TestApp;
  let image: TestManifest;
  let client: RegistryClient;
  let authorization: string;

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    image = randomImage();
    await client.push('team/app', image, 'latest');
  });
  afterAll(() => app.close());

  const get = (target: string, method = 'GET') =>
    rawRequest(app.url, method, target, { Authorization: authorization });

  it.each([
    '/v2/team/app/manifests/latest',
    '/v2/team/app/manifests/latest/',
    '/v2/team/app/manifests/latest?anything=1',
    '/v2/%74eam/app/manifests/latest',
    '/v2/team/app/manifests/lates%74',
    'http://elsewhere.example/v2/team/app/manifests/latest',
  ])('reads GET %s', async (target) => {
    const answer = await get(target);
    expect(answer.status).toBe(200);
    expect(answer.headers['docker-distribution-api-version']).toBe('registry/2.0');
    expect(answer.headers['docker-content-digest']).toBe(image.digest);
    expect(answer.body).toBe(image.bytes.toString());
  });

  it.each([
    ['/v2/team%2Fapp/manifests/latest', 400],
    ['/v2/team%2fapp/manifests/latest', 400],
    ['/v2/team%5Capp/manifests/latest', 400],
    ['/v2/team%00/app/manifests/latest', 400],
    ['/v2//team/app/manifests/latest', 400],
    ['/v2/team//app/manifests/latest', 400],
    ['/v2/team/app//manifests/latest', 400],
    ['/v2/team/app/manifests//latest', 400],
    ['/v2/team/./app/manifests/latest', 400],
    ['/v2/other/../team/app/manifests/latest', 400],
    ['/v2/other/%2e%2e/team/app/manifests/latest', 400],
    ['/v2/other/.%2E/team/app/manifests/latest', 400],
    ['/v2/other/%252e%252e/team/app/manifests/latest', 400],
    ['/v2/%zz/manifests/latest', 400],
    ['/v2/%ff%fe/manifests/latest', 400],
    ['/v2/team/app/manifests/%', 400],
    ['/v2/Team/app/manifests/latest', 400],
    ['/v2/team/app/manifests/lat%20est', 400],
    ['/v2/team/app/manifests/latest%0d%0aX-Evil:1', 400],
    ['/v2/team/app/Manifests/latest', 404],
    ['http://elsewhere.example/v2/team//app/manifests/latest', 400],
    ['http://elsewhere.example/v2/other/%2e%2e/team/app/manifests/latest', 400],
    ['http://elsewhere.example/v2/team%2Fapp/manifests/latest', 400],
    ['http://elsewhere.example/v2/%zz', 400],
    [`/v2/${'a/'.repeat(127)}aa/manifests/latest`, 400],
  ])('refuses GET %s with %d, in JSON', async (target, status) => {
    const answer = await get(target);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['docker-distribution-api-version']).toBe('registry/2.0');
    const { errors } = JSON.parse(answer.body);
    expect(errors).toEqual([
      expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
    ]);
  });

  it.each([
    '/V2/team/app/manifests/latest',
    '/v2team/app/manifests/latest',
    '//v2/team/app/manifests/latest',
    '*',
  ])('finds no registry at %s', async (target) => {
    const answer = await get(target, target === '*' ? 'OPTIONS' : 'GET');
    expect(answer.status).toBe(404);
    expect(answer.headers['docker-content-digest']).toBeUndefined();
  });

  it.each([
    'blobs/uploads',
    'manifests/latest',
    'tags/list',
    'team/blobs',
    'team/blobs/uploads',
    'team/manifests/app',
    'team/tags/list',
    'team/referrers',
    'team/v2/manifests',
  ])('serves a repository with the name %s', async (name) => {
    const named = randomImage();
    await client.push(name, named, 'latest');
    expect(await client.pullManifest(name, 'latest')).toEqual(named.bytes);
    expect(await client.tags(name)).toEqual(['latest']);
    expect(await client.pullBlob(name, named.blobs[0]!.digest)).toEqual(named.blobs[0]!.bytes);
    const referrers = await client.expect([200], 'GET', `/v2/${name}/referrers/${named.digest}`);
    expect(await referrers.json()).toMatchObject({ manifests: [] });
  });

  it('has an id for every request, which no client chooses', async () => {
    const [first, second] = [await get('/v2/'), await get('/v2/')];
    expect(first.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.headers['x-request-id']).not.toBe(second.headers['x-request-id']);
    const chosen = await supertest(app.url).get('/v2/').set('X-Request-Id', 'chosen');
    expect(chosen.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the id of a gateway that it trusts, if it is one line of no odd characters', async () => {
    const behind = await startApp({ env: { BERTH_TRUSTED_PROXIES: '127.0.0.0/8' } });
    const idFor = async (id: string) =>
      (await supertest(behind.url).get('/v2/').set('X-Request-Id', id)).headers['x-request-id'];
    expect(await idFor('gateway-1:4f/2')).toBe('gateway-1:4f/2');
    for (const odd of ['a b', '"', 'x'.repeat(129)]) expect(await idFor(odd)).toMatch(/^[0-9a-f-]{36}$/);
    await behind.close();
  });
});
