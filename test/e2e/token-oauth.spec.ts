import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../support/registry-client.js';
import { alice, app, claimsOf, getToken, postToken, setUp, world } from './token-service.js';

describe('the token service', () => {
  setUp();

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
