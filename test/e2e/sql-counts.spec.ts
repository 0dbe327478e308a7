import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** `docs/round-trips.md` says the same to people. */
describe('SQL round trips', () => {
  let app: TestApp;
  let world: World;
  let image: TestManifest;
  let writer: Credentials;
  let callers: Record<string, string | undefined>;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    const alice = await world.user('alice');
    await world.repository('alice/app', { visibility: 'public' });
    writer = alice;
    const client = new RegistryClient({ url: app.url, credentials: alice });
    image = randomImage();
    await client.push('alice/app', image, 'v1');
    const accessToken = await world.accessToken('alice');
    callers = {
      anonymous: undefined,
      'an anonymous bearer': await bearer(app),
      'a bearer by password': await bearer(app, alice),
      'a bearer by access token': await bearer(app, accessToken),
      'an access token': basic(accessToken),
      'a robot': basic(await world.robot('alice', 'ci')),
    };
  });

  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const paths = () => ({
    'GET a manifest by tag': ['GET', '/v2/alice/app/manifests/v1'],
    'GET a manifest by digest': ['GET', `/v2/alice/app/manifests/${image.digest}`],
    'HEAD a manifest': ['HEAD', '/v2/alice/app/manifests/v1'],
    'GET a blob': ['GET', `/v2/alice/app/blobs/${image.blobs[0]!.digest}`],
    'HEAD a blob': ['HEAD', `/v2/alice/app/blobs/${image.blobs[0]!.digest}`],
    'list tags': ['GET', '/v2/alice/app/tags/list'],
    'list referrers': ['GET', `/v2/alice/app/referrers/${image.digest}`],
  });

  it.each([
    'anonymous',
    'an anonymous bearer',
    'a bearer by password',
    'a bearer by access token',
    'an access token',
    'a robot',
  ])('is one for every read of %s', async (caller) => {
    const headers: Record<string, string> = callers[caller] ? { authorization: callers[caller] } : {};
    for (const [what, [method, path]] of Object.entries(paths())) {
      await fetch(app.url + path, { method, headers }); // prepares the statement on some connection
      const statements = await app.countSql(async () => {
        const response = await fetch(app.url + path, { method, headers });
        expect(`${what}: ${response.status}`).toBe(`${what}: 200`);
        await response.arrayBuffer();
      });
      expect(`${what}: ${statements.length}`).toBe(`${what}: 1`);
    }
  });

  it('of a push are those that are written down', async () => {
    const authorization = (await bearer(app, writer)) ?? '';
    const send = async (
      method: string,
      path: string,
      body?: Uint8Array,
      type = 'application/octet-stream',
    ) => {
      const init = { method, body, headers: { authorization, 'content-type': type } };
      let location = '';
      const statements = await app.countSql(async () => {
        const response = await fetch(app.url + path, init);
        expect(response.status, await response.text()).toBeLessThan(300);
        location = response.headers.get('location') ?? '';
      });
      return { count: statements.length, location };
    };
    const next = randomImage();
    const [blob, ...others] = next.blobs;
    const post = await send('POST', '/v2/alice/app/blobs/uploads/');
    const patch = await send('PATCH', post.location, blob!.bytes);
    const put = await send('PUT', `${patch.location}?digest=${blob!.digest}`);
    const whole = await Promise.all(
      others.map((other) => send('POST', `/v2/alice/app/blobs/uploads/?digest=${other.digest}`, other.bytes)),
    );
    const manifest = await send('PUT', '/v2/alice/app/manifests/v2', next.bytes, next.mediaType);
    expect(whole.length).toBeGreaterThan(0);
    const mount = await send('POST', `/v2/alice/app/blobs/uploads/?mount=${blob!.digest}`);
    expect({ post, patch, put, manifest, mount }).toMatchObject({
      post: { count: 2 },
      patch: { count: 4 },
      put: { count: 3 },
      manifest: { count: 5 },
      mount: { count: 3 },
    });
  });

  it('is shared by look-ups that come at once', async () => {
    const get = async () => (await fetch(`${app.url}/v2/alice/app/manifests/v1`)).arrayBuffer();
    await get();
    const statements = await app.countSql(() => Promise.all(Array.from({ length: 40 }, get)));
    expect(statements.length).toBeLessThan(40);
  });
});

async function bearer(app: TestApp, credentials?: Credentials): Promise<string> {
  const response = await fetch(`${app.url}/token?scope=repository:alice/app:pull,push`, {
    headers: credentials ? { authorization: basic(credentials) } : {},
  });
  return `Bearer ${((await response.json()) as { token: string }).token}`;
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
