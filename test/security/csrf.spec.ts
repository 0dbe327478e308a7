import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import { type Browser, originOf, signIn } from '../support/browser.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

type Method = 'post' | 'put' | 'patch' | 'delete';

describe('CSRF', () => {
  let app: TestApp;
  let world: World;
  let admin: Browser;
  let alice: Credentials;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    alice = await world.user('alice');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
  beforeEach(async () => {
    admin = await signIn(app, app.admin);
  });

  /** Every change that the API offers, as its own description lists them. */
  async function changes(): Promise<{ method: Method; path: string }[]> {
    const { body } = await supertest(app.url).get('/api/v1/openapi.json').expect(200);
    return Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method): method is Method => ['post', 'put', 'patch', 'delete'].includes(method))
        .map((method) => ({ method, path: path.replace(/\{[^}]+\}/g, '1') })),
    );
  }

  it.each([
    { what: 'a foreign Origin', headers: { Origin: 'https://evil.example' } },
    { what: 'an Origin of nobody', headers: { Origin: 'null' } },
    { what: 'our name in a foreign Origin', headers: { Origin: 'http://localhost.evil.example' } },
    { what: 'another port', headers: { Origin: 'http://localhost:1' } },
    { what: 'another scheme', headers: () => ({ Origin: originOf(app).replace('http:', 'https:') }) },
    { what: 'no Origin, but a foreign site', headers: { 'Sec-Fetch-Site': 'cross-site' } },
    { what: 'no Origin, but a neighbour', headers: { 'Sec-Fetch-Site': 'same-site' } },
  ])('every change with the cookie and $what is 403', async ({ headers }) => {
    const given = typeof headers === 'function' ? headers() : headers;
    const all = await changes();
    expect(all.length).toBeGreaterThan(10);
    for (const { method, path } of all) {
      const response = await supertest(app.url)
        [method](path)
        .set('Cookie', admin.cookie)
        .set(given as Record<string, string>)
        .send({});
      expect({ method, path, status: response.status }).toEqual({ method, path, status: 403 });
    }
    await admin.get('/me').expect(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body that a form can send (%s) is 403 from elsewhere and 415 from here',
    async (type) => {
      const post = (origin: string) =>
        supertest(app.url)
          .post('/api/v1/users')
          .set('Cookie', admin.cookie)
          .set('Origin', origin)
          .set('Content-Type', type)
          .send('{"username":"eve","password":"correct horse battery"}');
      await post('https://evil.example').expect(403);
      await post(originOf(app)).expect(415);
      expect(await world.sql(`SELECT id FROM users WHERE username = 'eve'`)).toEqual([]);
    },
  );

  it('nobody is signed in by another site', async () => {
    const post = () => supertest(app.url).post('/api/v1/sessions');
    const foreign = await post().set('Origin', 'https://evil.example').send(alice).expect(403);
    expect(foreign.headers['set-cookie']).toBeUndefined();
    await post().set('Content-Type', 'text/plain').send(JSON.stringify(alice)).expect(415);
    await post().type('form').send(alice).expect(415);
  });

  it('a password that a browser remembers for Basic is no way around', async () => {
    const change = (origin: string) =>
      supertest(app.url)
        .patch('/api/v1/me')
        .set('Authorization', basic(alice))
        .set('Origin', origin)
        .send({ email: 'alice@example.com' });
    await change('https://evil.example').expect(403);
    await change(originOf(app)).expect(200);
  });

  it('our own pages, and programs, which are no browser, are let pass', async () => {
    const change = () =>
      supertest(app.url).patch('/api/v1/me').set('Cookie', admin.cookie).send({ email: 'admin@example.com' });
    await change().set('Origin', originOf(app)).expect(200);
    await change().set('Sec-Fetch-Site', 'same-origin').expect(200);
    await change().expect(200);
  });

  it('no answer lets another site read it', async () => {
    const response = await supertest(app.url)
      .get('/api/v1/me')
      .set('Cookie', admin.cookie)
      .set('Origin', 'https://evil.example')
      .expect(200);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await supertest(app.url)
      .options('/api/v1/me')
      .set('Origin', 'https://evil.example')
      .set('Access-Control-Request-Method', 'PATCH');
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('what was refused is in the log', async () => {
    await supertest(app.url)
      .delete('/api/v1/admin/users/alice?owner=admin')
      .set('Cookie', admin.cookie)
      .set('Origin', 'https://evil.example')
      .expect(403);
    const { body } = await admin.get('/admin/audit?action=user.delete&limit=1').expect(200);
    expect(body.items[0]).toMatchObject({ actor: 'admin', object: 'user:alice', result: 'refused' });
  });
});
