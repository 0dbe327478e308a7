import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { SharedCache } from '../support/shared-cache.js';
import { World } from '../support/world.js';

describe('caches', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let image: TestManifest;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    alice = await world.accessToken('alice');
    const client = new RegistryClient({ url: app.url, credentials: alice });
    image = randomImage();
    await client.push('alice/app', image, 'latest');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const paths = () => [
    '/v2/alice/app/manifests/latest',
    `/v2/alice/app/manifests/${image.digest}`,
    `/v2/alice/app/blobs/${image.blobs[0]?.digest}`,
    '/v2/alice/app/tags/list',
    `/v2/alice/app/referrers/${image.digest}`,
    '/v2/_catalog',
    '/v1/search?q=app',
    '/api/v1/repositories',
    '/api/v1/repositories/alice%2Fapp',
    '/api/v1/repositories/alice%2Fapp/tags',
    `/api/v1/repositories/alice%2Fapp/manifests/${image.digest}`,
    '/api/v1/search?q=app',
    '/api/v1/namespaces/alice',
    '/api/v1/me',
    '/api/v1/access-tokens',
  ];
  const isVisible = (visibility: 'public' | 'private') =>
    world.sql(`UPDATE repositories SET visibility = $1 WHERE name = 'alice/app'`, [visibility]);
  const headersOf = async (path: string): Promise<Record<string, string>> => {
    if (!path.startsWith('/v2/')) return { authorization: basic(alice) };
    return {
      authorization: await bearer(app.url, ['repository:alice/app:pull', 'registry:catalog:*'], alice),
    };
  };

  it('private answers are private, no-store', async () => {
    await isVisible('private');
    for (const path of paths()) {
      const answer = await fetch(app.url + path, { headers: await headersOf(path) });
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
        path,
        200,
        'private, no-store',
      ]);
    }
  });

  it('a shared cache in front never serves private to anonymous', async () => {
    await isVisible('private');
    const cache = new SharedCache(app.url);
    for (const path of paths()) {
      const direct = await fetch(app.url + path);
      const before = await cache.get(path, await headersOf(path));
      expect([path, before.status]).toEqual([path, 200]);
      const after = await cache.get(path);
      expect([path, after.status, after.body]).toEqual([path, direct.status, after.body]);
      expect(after.body).not.toContain('alice/app"');
      expect(after.isFromCache).toBe(false);
    }
  });

  it('nor what was public once', async () => {
    await isVisible('public');
    const cache = new SharedCache(app.url);
    const path = '/v2/alice/app/manifests/latest';
    expect((await cache.get(path)).status).toBe(200);
    expect(await cache.get(path)).toMatchObject({ status: 200, isFromCache: true });
    await isVisible('private');
    expect(await cache.get(path)).toMatchObject({ status: 401, isFromCache: false });
  });
});
