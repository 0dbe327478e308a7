import { createLocalJWKSet, jwtVerify } from 'jose';
import supertest, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  alice,
  app,
  bob,
  claimsOf,
  getToken,
  privateId,
  publicId,
  setUp,
  world,
} from './token-service.js';

describe('the token service', () => {
  setUp();

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
});
