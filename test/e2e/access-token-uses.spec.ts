import { hashSecret } from '@berth/auth';
import { describe, expect, it } from 'vitest';
import { CredentialUses } from '../../apps/registry-api/src/access/credential-uses.js';
import { apiOf } from '../support/api.js';
import { startApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { statementsDuring } from '../support/sql-count.js';
import { World } from '../support/world.js';
import { admin, alice, app, as, made, setUp, world } from './access-tokens-api.js';

describe('access tokens', () => {
  setUp();

  describe('last used', () => {
    /** Answers are sent before their use is noted, so that nobody waits for it. */
    const useOf = (id: string) =>
      eventually('the use is written', async () => {
        await app.nest.get(CredentialUses).flush();
        const { body } = await alice.get(`/access-tokens/${id}`).expect(200);
        return body.lastUsedAt && body;
      });
    const rowOf = async (id: string) =>
      (await world.sql('SELECT last_used_at FROM access_tokens WHERE id = $1', [id]))[0];

    it('is known with the address, and costs no request a round trip', async () => {
      const tokens = [await made(), await made()];
      const statements = await app.countSql(async () => {
        for (const { api } of tokens) await api.get('/repositories/alice%2Fapp').expect(200);
      });
      expect(statements).toHaveLength(2);
      for (const { id } of tokens) {
        const { lastUsedAt, lastUsedAddress } = await useOf(id);
        expect(Date.parse(lastUsedAt)).toBeGreaterThan(Date.now() - 60_000);
        expect(lastUsedAddress).toMatch(/127\.0\.0\.1$/);
      }
    });

    it('is written in one statement for all, and the later use counts', async () => {
      const tokens = [await made(), await made(), await made()];
      const uses = app.nest.get(CredentialUses);
      await uses.flush();
      for (const { id, token } of tokens) {
        uses.note({ kind: 'access_token', id, version: 1 }, '192.0.2.1');
        uses.note({ kind: 'access_token', secretHash: hashSecret(token) }, '192.0.2.2');
        uses.note({ kind: 'access_token', secretHash: hashSecret(token) }, '192.0.2.3');
      }
      const written = () => statementsDuring(() => uses.flush(), { withBackground: true });
      expect(await written()).toHaveLength(1);
      expect(await written()).toHaveLength(0);
      for (const { id } of tokens) {
        const [row] = await world.sql('SELECT last_used_address FROM access_tokens WHERE id = $1', [id]);
        expect(row?.last_used_address).not.toBe('192.0.2.2');
      }
    });

    it.each([
      {
        by: 'Basic on /v2',
        use: (token: string) => fetch(`${app.url}/v2/`, { headers: basicOf(token) }),
      },
      {
        by: 'Bearer on /api',
        use: (token: string) =>
          fetch(`${app.url}/api/v1/repositories`, { headers: { authorization: `Bearer ${token}` } }),
      },
      {
        by: 'a token request',
        use: (token: string) => fetch(`${app.url}/token`, { headers: basicOf(token) }),
      },
      {
        by: 'an OAuth2 token request',
        use: (token: string) =>
          fetch(`${app.url}/token`, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: 'password', username: 'alice', password: token }),
          }),
      },
    ])('is noted for $by', async ({ use }) => {
      const { id, token } = await made();
      expect((await use(token)).status).toBe(200);
      expect((await useOf(id)).lastUsedAt).not.toBeNull();
    });

    it('is noted for a registry token that was got with it', async () => {
      const { id, token } = await made();
      const authorization = await bearer(app.url, ['repository:alice/app:pull'], as(token));
      await useOf(id);
      await world.sql('UPDATE access_tokens SET last_used_at = NULL WHERE id = $1', [id]);
      await fetch(`${app.url}/v2/alice/app/tags/list`, { headers: { authorization } });
      expect((await useOf(id)).lastUsedAt).not.toBeNull();
    });

    it('is not moved by what is refused', async () => {
      const { id, token, api } = await made();
      await world.sql('UPDATE access_tokens SET expires_at = now() WHERE id = $1', [id]);
      await api.get('/repositories/alice%2Fapp').expect(401);
      await fetch(`${app.url}/v2/alice/app/manifests/sha256:0`, { headers: basicOf(token) });
      const later = await made();
      await later.api.get('/repositories/alice%2Fapp').expect(200);
      await useOf(later.id);
      expect(await rowOf(id)).toEqual({ last_used_at: null });
    });

    it('outlives a shutdown, also of a request that is still being answered', async () => {
      const second = await startApp();
      const other = await World.open(second.databaseUrl);
      const credentials = await other.accessToken('admin');
      const late = await other.accessToken('admin');
      await apiOf(second, credentials).get('/access-tokens').expect(200);
      const uses = second.nest.get(CredentialUses);
      const closed = second.nest.close();
      uses.note({ kind: 'access_token', secretHash: hashSecret(late.password) }, '192.0.2.1');
      await closed;
      const rows = await other.sql(`SELECT last_used_at FROM access_tokens WHERE name = 'test'`);
      expect(rows).toEqual([{ last_used_at: expect.any(Date) }, { last_used_at: expect.any(Date) }]);
      await other.close();
      await second.close();
    });
  });

  function basicOf(token: string): Record<string, string> {
    return { authorization: basic(as(token)) };
  }

  describe('an expired one', () => {
    it('says so at docker login', async () => {
      const { id, token } = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [id]);
      const challenge = await fetch(`${app.url}/token?account=alice&client_id=docker&offline_token=true`, {
        headers: basicOf(token),
      });
      expect(challenge.status).toBe(401);
      expect(await challenge.json()).toMatchObject({
        errors: [{ code: 'UNAUTHORIZED', message: 'This access token has expired: make a new one.' }],
      });
      const direct = await fetch(`${app.url}/v2/`, { headers: basicOf(token) });
      expect(direct.status).toBe(401);
      expect(await direct.text()).toContain('This access token has expired: make a new one.');
    });

    it('is listed, and can be revoked', async () => {
      const { id } = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [id]);
      const { body } = await alice.get('/access-tokens?limit=100').expect(200);
      expect(body.items.map((item: { id: string }) => item.id)).toContain(id);
      await alice.delete(`/access-tokens/${id}`).expect(204);
    });
  });

  describe('for admins', () => {
    const idsOf = async (query: string) => {
      const { body } = await admin.get(`/admin/access-tokens?limit=100${query}`).expect(200);
      return (body.items as { id: string }[]).map(({ id }) => id);
    };

    it("are everybody's, by owner, expiry and days unused", async () => {
      const fresh = await made();
      const expired = await made();
      const unused = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [expired.id]);
      await world.sql(`UPDATE access_tokens SET last_used_at = now() - interval '40 days' WHERE id = $1`, [
        unused.id,
      ]);
      const { body } = await admin.get('/admin/access-tokens?owner=alice&limit=100').expect(200);
      expect(body.items[0]).toMatchObject({ owner: 'alice', name: 'made' });
      expect(await idsOf('')).toEqual(expect.arrayContaining([fresh.id, expired.id, unused.id]));
      expect(await idsOf('&owner=bob')).toHaveLength(1);
      expect(await idsOf('&owner=nobody')).toEqual([]);
      expect(await idsOf('&expired=true')).toContain(expired.id);
      expect(await idsOf('&expired=true')).not.toContain(fresh.id);
      expect(await idsOf('&expired=false')).toContain(fresh.id);
      expect(await idsOf('&expired=false')).not.toContain(expired.id);
      expect(await idsOf('&unusedDays=30')).toEqual([unused.id]);
      expect(await idsOf('&unusedDays=0')).toContain(fresh.id);
    });

    it.each(['expired=maybe', 'unusedDays=-1', 'unusedDays=99999', 'owner=%00', 'owner[]=a', 'sort=prefix'])(
      'are not listed by ?%s',
      async (query) => {
        await admin.get(`/admin/access-tokens?${query}`).expect(400);
      },
    );

    it('are revoked one by one or many at once', async () => {
      const [one, two, three] = [await made(), await made(), await made()];
      await admin.delete(`/admin/access-tokens/${one.id}`).expect(204);
      await admin.delete(`/admin/access-tokens/${one.id}`).expect(404);
      const ids = [one.id, two.id, three.id, '999999'];
      const { body } = await admin.post('/admin/access-tokens/revocations', { ids }).expect(200);
      expect(body.revokedIds.toSorted()).toEqual([two.id, three.id].toSorted());
      for (const { api } of [one, two, three]) await api.get('/repositories/alice%2Fapp').expect(401);
      const none = await admin.post('/admin/access-tokens/revocations', { ids: ['999999'] }).expect(200);
      expect(none.body).toEqual({ revokedIds: [] });
      for (const bad of [{ ids: [] }, { ids: ['x'] }, { ids: [1] }, {}]) {
        await admin.post('/admin/access-tokens/revocations', bad).expect(400);
      }
      const logged = await world.sql(
        `SELECT actor, details FROM audit_log WHERE action = 'access-token.revoke' AND object = $1`,
        [`access-token:${two.id}`],
      );
      expect(logged).toMatchObject([{ actor: 'admin', details: { owner: 'alice', name: 'made' } }]);
    });

    it('are there for nobody else', async () => {
      const { id } = await made();
      const narrow = apiOf(app, await world.accessToken('admin', { scopes: ['repository:read'] }));
      const limited = apiOf(app, await world.accessToken('admin', { repositories: ['library/*'] }));
      for (const someone of [alice, narrow, limited]) {
        await someone.get('/admin/access-tokens').expect(404);
        await someone.delete(`/admin/access-tokens/${id}`).expect(404);
        await someone.post('/admin/access-tokens/revocations', { ids: [id] }).expect(404);
      }
      await alice.get(`/access-tokens/${id}`).expect(200);
    });
  });
});
