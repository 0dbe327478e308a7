import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('audience confusion (Quay CVE-2026-123710)', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  const scopes = ['repository:alice/p:pull,push,delete', 'registry:catalog:*'];

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    alice = await world.accessToken('alice');
    await new RegistryClient({ url: app.url, credentials: alice }).push('alice/p', randomImage(), 'latest');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const askFor = (service: string) =>
    supertest(app.url).get('/token').query({ service, scope: scopes[0] }).set('Authorization', basic(alice));

  it.each(['other', 'berth.example', 'localhost', `https://localhost`, 'LOCALHOST:1', ' '])(
    'token for service=%s: 401',
    async (service) => {
      const response = await askFor(service).expect(401);
      expect(response.body).not.toHaveProperty('token');
      const form = {
        grant_type: 'password',
        username: 'alice',
        password: alice.password,
        service,
        client_id: 'x',
      };
      const posted = await supertest(app.url).post('/token').type('form').send(form).expect(401);
      expect(posted.body).not.toHaveProperty('access_token');
    },
  );

  it('two services at once are none of ours', async () => {
    const response = await supertest(app.url)
      .get(`/token?service=${encodeURIComponent(app.host)}&service=other`)
      .set('Authorization', basic(alice));
    expect([400, 401]).toContain(response.status);
  });

  it('a token of the same keys for another name: 401', async () => {
    const other = await startApp({
      env: { BERTH_DATABASE_URL: app.databaseUrl, BERTH_PUBLIC_URL: 'https://other.example' },
    });
    try {
      const token = await bearer(other.url, scopes, alice);
      await supertest(other.url).get('/v2/alice/p/manifests/latest').set('Authorization', token).expect(200);
      const response = await supertest(app.url)
        .get('/v2/alice/p/manifests/latest')
        .set('Authorization', token)
        .expect(401);
      expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
    } finally {
      await other.close();
    }
  });

  it.each([
    ['GET', '/api/v1/me'],
    ['GET', '/api/v1/repositories'],
    ['GET', '/api/v1/repositories/alice%2Fp'],
    ['PATCH', '/api/v1/repositories/alice%2Fp'],
    ['DELETE', '/api/v1/repositories/alice%2Fp'],
    ['POST', '/api/v1/access-tokens'],
    ['GET', '/api/v1/access-tokens'],
    ['GET', '/token'],
  ] as const)('a registry token at %s %s: 401', async (method, path) => {
    const token = await bearer(app.url, scopes, alice);
    const response = await supertest(app.url)
      [method.toLowerCase() as 'get'](path)
      .set('Authorization', token)
      .send({ visibility: 'public', name: 'x', scopes: ['admin'] });
    expect(response.status).toBe(401);
    expect(JSON.stringify(response.body)).not.toContain('berth_pat_');
  });

  it('works on /v2 and /v1/search', async () => {
    const token = await bearer(app.url, scopes, alice);
    for (const path of ['/v2/', '/v2/_catalog', '/v2/alice/p/tags/list', '/v1/search?q=p']) {
      await supertest(app.url).get(path).set('Authorization', token).expect(200);
    }
    const { body } = await supertest(app.url).get('/v2/_catalog').set('Authorization', token);
    expect(body.repositories).toEqual(['alice/p']);
  });

  it('an access token or robot secret as a bearer on /v2: 401', async () => {
    const robot = await world.robot('alice', 'ci');
    for (const { password } of [alice, robot]) {
      const response = await supertest(app.url)
        .get('/v2/')
        .set('Authorization', `Bearer ${password}`)
        .expect(401);
      expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
    }
  });
});
