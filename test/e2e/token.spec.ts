import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

interface Claims {
  sub: string;
  access: { type: string; name: string; actions: string[] }[];
  berth: { credential: object; repositories: Record<string, string> };
}

describe('the token service', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let bob: Credentials;
  let privateId: string;
  let publicId: string;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    alice = await world.user('alice');
    bob = await world.user('bob');
    privateId = await world.repository('alice/private');
    publicId = await world.repository('alice/public', { visibility: 'public' });
    await world.organization('team', { bob: 'writer' });
    await world.repository('team/app');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  function getToken(query: string, credentials?: Credentials): Promise<Response> {
    const request = supertest(app.url).get(`/token${query}`);
    return credentials
      ? request.auth(credentials.username, credentials.password).then((r) => r)
      : request.then((r) => r);
  }

  function postToken(form: object): Promise<Response> {
    return supertest(app.url)
      .post('/token')
      .type('form')
      .send({ client_id: 'test', ...form })
      .then((r) => r);
  }

  const claimsOf = ({ body }: Response): Claims => decodeJwt(body.token) as unknown as Claims;
  const actionsOf = async (scope: string, credentials?: Credentials): Promise<string[] | undefined> =>
    claimsOf(await getToken(`?scope=${scope}`, credentials)).access[0]?.actions;

  describe('GET /token', () => {
    it('gives anonymous a token without access', async () => {
      const response = await getToken('');
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(Object.keys(response.body).sort()).toEqual([
        'access_token',
        'expires_in',
        'issued_at',
        'scope',
        'token',
      ]);
      expect(response.body).toMatchObject({ access_token: response.body.token, expires_in: 300, scope: '' });
      expect(new Date(response.body.issued_at).toISOString()).toBe(response.body.issued_at);
      expect(claimsOf(response)).toMatchObject({
        sub: '',
        access: [],
        berth: { credential: { kind: 'anonymous' }, repositories: {} },
      });
    });

    it('is signed for this service by a key of /token/keys, which tells no private part', async () => {
      const { body } = await getToken('', alice);
      const keys = await supertest(app.url).get('/token/keys').expect(200);
      const issuer = `http://${app.host}`;
      const { payload } = await jwtVerify(body.token, createLocalJWKSet(keys.body), {
        algorithms: ['ES256'],
        issuer,
        audience: app.host,
      });
      expect(payload.sub).toBe('alice');
      for (const key of keys.body.keys) expect(key).not.toHaveProperty('d');
    });

    it.each([
      { case: 'the own service', query: () => `?service=${app.host}`, status: 200 },
      { case: 'an empty service', query: () => '?service=', status: 200 },
      { case: 'another service', query: () => '?service=registry.example', status: 401 },
      { case: 'the service twice', query: () => `?service=${app.host}&service=other`, status: 400 },
      {
        case: 'an account and client, as docker sends',
        query: () => '?account=alice&client_id=docker',
        status: 200,
      },
    ])('answers $status to $case', async ({ query, status }) => {
      expect((await getToken(query(), alice)).status).toBe(status);
    });

    it('answers a wrong password and an unknown user alike, with a Basic challenge', async () => {
      const wrong = await getToken('', { username: 'alice', password: 'x' });
      const unknown = await getToken('', { username: 'nobody', password: 'x' });
      for (const response of [wrong, unknown]) {
        expect(response.status).toBe(401);
        expect(response.headers['www-authenticate']).toMatch(/^Basic realm=/);
        expect(response.body.errors[0].code).toBe('UNAUTHORIZED');
      }
      expect(wrong.body).toEqual(unknown.body);
    });

    it.each([
      {
        who: 'an owner',
        scope: 'repository:alice/private:pull,push,delete',
        actions: ['pull', 'push', 'delete'],
      },
      { who: 'an owner', scope: 'repository:alice/private:*', actions: ['pull', 'push', 'delete'] },
      { who: 'an owner', scope: 'repository:alice/private:push,fly', actions: ['push'] },
      { who: 'an owner', scope: 'repository(plugin):alice/private:pull', actions: ['pull'] },
      { who: 'an owner', scope: 'repository:alice/new:pull,push,delete', actions: ['pull', 'push'] },
      { who: 'an owner', scope: 'registry:catalog:*', actions: ['*'] },
      { who: 'an owner', scope: 'registry:catalog:search', actions: [] },
      { who: 'an owner', scope: 'repository:library/x:pull,push', actions: [] },
    ])('grants $who $actions of $scope', async ({ scope, actions }) => {
      expect(await actionsOf(scope, alice)).toEqual(actions);
    });

    it('grants by role, and an admin everything', async () => {
      const scope = 'repository:team/app:pull,push,delete';
      expect(await actionsOf(scope, bob)).toEqual(['pull', 'push']);
      expect(await actionsOf(scope, alice)).toEqual([]);
      expect(await actionsOf(scope)).toEqual([]);
      expect(await actionsOf(scope, app.admin)).toEqual(['pull', 'push', 'delete']);
      expect(await actionsOf('repository:nowhere/yet:pull,push', app.admin)).toEqual(['pull', 'push']);
    });

    it('reads scopes repeated and space separated, echoes names as asked, drops those out of grammar', async () => {
      const response = await getToken(
        '?scope=repository:alice/public:pull+repository:UPPER/x:pull&scope=repository:alpine:pull&scope=nonsense',
        alice,
      );
      const { access, berth } = claimsOf(response);
      expect(access).toEqual([
        { type: 'repository', name: 'alice/public', actions: ['pull'] },
        { type: 'repository', name: 'alpine', actions: [] },
      ]);
      expect(berth.repositories).toEqual({ 'alice/public': publicId });
      expect(response.body.scope).toBe('repository:alice/public:pull');
    });

    it.each([{ who: 'anonymous' }, { who: 'bob' }])(
      'tells $who nothing of a private repository: entry, ids and round trips are those of an absent one',
      async ({ who }) => {
        const credentials = who === 'bob' ? await world.accessToken('bob') : undefined;
        await getToken('', credentials); // a first use may be written down
        const ask = async (name: string) => {
          let response: Response | undefined;
          const statements = await app.countSql(async () => {
            response = await getToken(`?scope=repository:alice/${name}:pull,push`, credentials);
          });
          if (!response) throw new Error('no answer');
          const { access, berth } = claimsOf(response);
          return { actions: access.map(({ actions }) => actions), berth, count: statements.length };
        };
        const hidden = await ask('private');
        expect(hidden).toEqual(await ask('absents'));
        expect(hidden.actions).toEqual([[]]);
        expect(hidden.berth.repositories).toEqual({});
      },
    );

    it('names the repository by its id where something is granted', async () => {
      const { berth } = claimsOf(await getToken('?scope=repository:alice/private:pull', alice));
      expect(berth).toMatchObject({
        credential: { kind: 'user', version: 1 },
        repositories: { 'alice/private': privateId },
      });
    });

    it('is one round trip for all scopes', async () => {
      const query =
        '?scope=repository:alice/public:pull&scope=repository:alice/private:pull&scope=repository:a/b:pull';
      const accessToken = await world.accessToken('alice');
      await getToken('', accessToken); // a first use may be written down
      expect(await app.countSql(() => getToken(query))).toHaveLength(1);
      expect(await app.countSql(() => getToken(query, accessToken))).toHaveLength(1);
    });
  });

  describe('access tokens and robots', () => {
    const scope = 'repository:alice/private:pull,push,delete';

    it('grant no more than their scopes and limits', async () => {
      const readOnly = await world.accessToken('alice', { scopes: ['repository:read'] });
      const elsewhere = await world.accessToken('alice', { repositories: ['alice/web', 'alice/web-*'] });
      const here = await world.accessToken('alice', { repositories: ['alice/*'] });
      expect(await actionsOf(scope, readOnly)).toEqual(['pull']);
      expect(await actionsOf(scope, elsewhere)).toEqual([]);
      expect(await actionsOf(scope, here)).toEqual(['pull', 'push', 'delete']);
    });

    it('count only under the name of their owner', async () => {
      const { password } = await world.accessToken('alice');
      expect((await getToken('', { username: 'bob', password })).status).toBe(401);
      expect((await getToken('', { username: 'alice', password })).status).toBe(200);
    });

    it.each([
      { state: 'expired', sentence: /has expired/ },
      { state: 'revoked', sentence: /was revoked/ },
      { state: 'unknown', sentence: /is wrong/ },
    ])('answer 401 that says so when $state', async ({ state, sentence }) => {
      const expiresAt = state === 'expired' ? new Date(Date.now() - 1000) : undefined;
      const secret = await world.accessToken('alice', { expiresAt });
      if (state === 'revoked') await world.revokeAccessToken(secret);
      if (state === 'unknown')
        await world.sql('DELETE FROM access_tokens WHERE prefix = $1', [secret.password.slice(0, 14)]);
      const response = await getToken('', secret);
      expect(response.status).toBe(401);
      expect(response.body.errors[0].message).toMatch(sentence);
    });

    it('of a robot reach its own namespace', async () => {
      const robot = await world.robot('team', 'ci');
      const response = await getToken('?scope=repository:team/app:pull,push', robot);
      expect(claimsOf(response)).toMatchObject({
        sub: 'robot+team+ci',
        access: [{ actions: ['pull', 'push'] }],
        berth: { credential: { kind: 'robot', version: 1 } },
      });
      expect(await actionsOf(scope, robot)).toEqual([]);
    });
  });

  describe('POST /token', () => {
    it('gives a token for a user name and password', async () => {
      const { username, password } = alice;
      const scope = 'repository:alice/private:pull repository:alice/public:pull,push';
      const response = await postToken({
        grant_type: 'password',
        username,
        password,
        scope,
        service: app.host,
      });
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.body.scope).toBe('repository:alice/private:pull repository:alice/public:pull,push');
      expect(response.body).not.toHaveProperty('refresh_token');
      expect(claimsOf(response).sub).toBe('alice');
    });

    it.each([
      {
        case: 'a wrong password',
        form: { grant_type: 'password', username: 'alice', password: 'x' },
        status: 401,
      },
      {
        case: 'an unknown user',
        form: { grant_type: 'password', username: 'nobody', password: 'x' },
        status: 401,
      },
      {
        case: 'another service',
        form: { grant_type: 'password', username: 'alice', password: 'x', service: 'y' },
        status: 401,
      },
      {
        case: 'an unknown refresh token',
        form: { grant_type: 'refresh_token', refresh_token: 'berth_refresh_x' },
        status: 401,
      },
      { case: 'no grant type', form: { username: 'alice', password: 'x' }, status: 400 },
      { case: 'another grant type', form: { grant_type: 'client_credentials' }, status: 400 },
      { case: 'no password', form: { grant_type: 'password', username: 'alice' }, status: 400 },
      { case: 'a NUL', form: { grant_type: 'password', username: 'ali\0ce', password: 'x' }, status: 400 },
      {
        case: 'two user names',
        form: { grant_type: 'password', username: ['alice', 'bob'], password: 'x' },
        status: 400,
      },
    ])('answers $status to $case', async ({ form, status }) => {
      const response = await postToken(form);
      expect(response.status).toBe(status);
      expect(response.body.errors[0].message).toMatch(/^\S.+/);
      expect(response.headers['www-authenticate']).toEqual(
        status === 401 ? expect.stringMatching(/^Basic /) : undefined,
      );
    });

    it('answers 400 to a body of another type, 413 to a huge one', async () => {
      const post = () => supertest(app.url).post('/token');
      expect((await post().send({ grant_type: 'password', username: 'alice', password: 'x' })).status).toBe(
        400,
      );
      expect((await post()).status).toBe(400);
      expect(
        (
          await post()
            .type('form')
            .send({ grant_type: 'x'.repeat(200_000) })
        ).status,
      ).toBe(413);
    });
  });

  describe('refresh tokens', () => {
    const refresh = (refresh_token: string, more: Record<string, string> = {}) =>
      postToken({ grant_type: 'refresh_token', refresh_token, ...more });
    const scope = 'repository:alice/private:pull';

    async function refreshTokenOf(credentials: Credentials): Promise<string> {
      const { body } = await getToken('?offline_token=true&client_id=docker', credentials);
      expect(body.refresh_token).toMatch(/^berth_refresh_/);
      return body.refresh_token;
    }

    it('are given to whom asks for them, but not to anonymous', async () => {
      const { username, password } = alice;
      const form = { grant_type: 'password', username, password, access_type: 'offline' };
      expect((await postToken(form)).body.refresh_token).toMatch(/^berth_refresh_/);
      expect((await getToken('?offline_token=true')).body).not.toHaveProperty('refresh_token');
      expect((await getToken('?offline_token=false', alice)).body).not.toHaveProperty('refresh_token');
    });

    it('give tokens again and again and stay the same', async () => {
      const token = await refreshTokenOf(alice);
      for (const access_type of ['offline', 'online']) {
        const response = await refresh(token, { scope, service: app.host, access_type });
        expect(response.status).toBe(200);
        expect(response.body.refresh_token).toBe(token);
        expect(claimsOf(response)).toMatchObject({ sub: 'alice', access: [{ actions: ['pull'] }] });
      }
    });

    it('are kept as a hash only', async () => {
      const token = await refreshTokenOf(alice);
      const rows = await world.sql(
        'SELECT FROM refresh_tokens WHERE position($1::bytea IN secret_hash) > 0',
        [Buffer.from(token)],
      );
      expect(rows).toHaveLength(0);
    });

    it.each([
      {
        of: 'a password',
        credentials: () => world.user('carol'),
        end: () => world.changePassword('carol'),
      },
      {
        of: 'a disabled account',
        credentials: () => world.user('dave'),
        end: () => world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'dave'`),
      },
      {
        of: 'an access token',
        credentials: () => world.accessToken('alice'),
        end: (credentials: Credentials) => world.revokeAccessToken(credentials),
      },
      {
        of: 'an access token that runs out',
        credentials: () => world.accessToken('bob'),
        end: () =>
          world.sql(
            `UPDATE access_tokens SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE username = 'bob')`,
          ),
      },
      {
        of: 'a robot',
        credentials: () => world.robot('team', 'old'),
        end: () => world.sql(`UPDATE robots SET credentials_version = 2 WHERE name = 'old'`),
      },
      {
        of: 'itself',
        credentials: () => world.user('erin'),
        end: () =>
          world.sql(
            `UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = (SELECT id FROM users WHERE username = 'erin')`,
          ),
      },
    ])('end with $of', async ({ credentials, end }) => {
      const given = await credentials();
      const token = await refreshTokenOf(given);
      expect((await refresh(token)).status).toBe(200);
      await end(given);
      const refused = await refresh(token);
      expect(refused.status).toBe(401);
      expect(refused.body).not.toHaveProperty('token');
    });

    it('count for the service they were made for only', async () => {
      const token = await refreshTokenOf(alice);
      expect((await refresh(token, { service: 'registry.example' })).status).toBe(401);
      await world.sql(`UPDATE refresh_tokens SET service = 'registry.example'`);
      expect((await refresh(token)).status).toBe(401);
    });

    it('are no password', async () => {
      const password = await refreshTokenOf(alice);
      expect((await getToken('', { username: 'alice', password })).status).toBe(401);
    });
  });

  it('gives tokens that count under /v2, end with their credential, and are nothing to /api', async () => {
    const secret = await world.accessToken('alice');
    const { body } = await getToken('?scope=repository:alice/private:pull', secret);
    const list = (path: string) => supertest(app.url).get(path).set('Authorization', `Bearer ${body.token}`);
    expect((await list('/v2/alice/private/tags/list')).status).toBe(200);
    expect((await list('/v2/alice/public/tags/list')).status).toBe(401);
    expect((await list('/api/v1/repositories')).status).toBe(401);
    await world.revokeAccessToken(secret);
    expect((await list('/v2/alice/private/tags/list')).status).toBe(401);
  });
});
