import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { World } from '../support/world.js';

describe('GET /v2/', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const challenge = () => `Bearer realm="http://${app.host}/token",service="${app.host}"`;
  const get = (authorization?: string, path = '/v2/') => {
    const request = supertest(app.url).get(path);
    return authorization === undefined ? request : request.set('Authorization', authorization);
  };

  it.each(['/v2/', '/v2'])('asks for credentials at %s', async (path) => {
    const response = await get(undefined, path).expect(401);
    expect(response.headers['www-authenticate']).toBe(challenge());
    expect(response.headers['docker-distribution-api-version']).toBe('registry/2.0');
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.body.errors).toEqual([
      { code: 'UNAUTHORIZED', message: expect.stringContaining('Sign in') },
    ]);
  });

  it('greets who has a password, an access token or a registry token', async () => {
    const alice = { username: 'alice', password: 'password of alice' };
    const accessToken = await world.accessToken('alice');
    const authorizations = [
      basic(alice),
      basic(accessToken),
      await bearer(app.url, [], alice),
      await bearer(app.url, []),
    ];
    for (const authorization of authorizations) {
      const response = await get(authorization).expect(200);
      expect(response.body).toEqual({});
      expect(response.headers['docker-distribution-api-version']).toBe('registry/2.0');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('answers HEAD like GET, without a body', async () => {
    const response = await supertest(app.url).head('/v2/').set('Authorization', basic(app.admin)).expect(200);
    expect(response.headers['content-length']).toBe('2');
    const refused = await supertest(app.url).head('/v2/').expect(401);
    expect(refused.headers['www-authenticate']).toBe(challenge());
    expect(Number(refused.headers['content-length'])).toBeGreaterThan(0);
  });

  it.each([
    ['a wrong password', () => basic({ username: 'alice', password: 'wrong' }), ''],
    ['an unknown user', () => basic({ username: 'nobody', password: 'wrong' }), ''],
    ['no base64', () => 'Basic %%%', ''],
    ['no colon', () => `Basic ${Buffer.from('alice').toString('base64')}`, ''],
    ['a control character', () => basic({ username: 'al\0ice', password: 'x' }), ''],
    ['a token that is none', () => 'Bearer abc', ',error="invalid_token"'],
    ['no token', () => 'Bearer ', ',error="invalid_token"'],
    ['another scheme', () => 'Digest username="alice"', ',error="invalid_token"'],
  ])('refuses %s', async (_what, authorization, error) => {
    const response = await get(authorization()).expect(401);
    expect(response.headers['www-authenticate']).toBe(challenge() + error);
    expect(response.body.errors[0].code).toBe('UNAUTHORIZED');
  });

  it('does not tell an unknown user from a wrong password', async () => {
    const [unknown, wrong] = await Promise.all(
      ['nobody', 'alice'].map((username) => get(basic({ username, password: 'wrong password' }))),
    );
    expect(unknown!.body).toEqual(wrong!.body);
    const names = (headers: Record<string, string>) => Object.keys(headers).sort();
    expect(names(unknown!.headers)).toEqual(names(wrong!.headers));
  });
});

describe('what is no address under /v2', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([
    ['GET', '/v2/nothing'],
    ['GET', '/v2/team/app'],
    ['GET', '/v2/team/app/manifests'],
    ['GET', '/v2/team/app/manifests/'],
    ['GET', '/v2/team/app/blobs/'],
    ['GET', '/v2/team/app/tags'],
    ['GET', '/v2/team/app/tags/other'],
    ['GET', '/v2/team/app/referrers'],
    ['GET', '/v2/manifests/latest'],
    ['GET', '/v2/tags/list'],
    ['POST', '/v2/'],
    ['DELETE', '/v2/'],
    ['POST', '/v2/team/app/manifests/latest'],
    ['PATCH', '/v2/team/app/manifests/latest'],
    ['PUT', '/v2/team/app/tags/list'],
    ['DELETE', '/v2/team/app/referrers/sha256:0'],
    ['PUT', '/v2/_catalog'],
    ['OPTIONS', '/v2/team/app/manifests/latest'],
  ])('%s %s answers JSON', async (method, path) => {
    const response = await supertest(app.url)
      [method.toLowerCase() as 'get'](path)
      .set('Authorization', basic(app.admin));
    expect([404, 405]).toContain(response.status);
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.headers['docker-distribution-api-version']).toBe('registry/2.0');
    expect(response.body.errors).toEqual([
      expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
    ]);
  });

  it('HEAD says how long the answer to GET is', async () => {
    const get = await supertest(app.url).get('/v2/nothing').expect(404);
    const head = await supertest(app.url).head('/v2/nothing').expect(404);
    expect(Number(head.headers['content-length'])).toBe(
      Buffer.byteLength(get.text.replace('GET', 'HEAD'), 'utf8'),
    );
  });
});
