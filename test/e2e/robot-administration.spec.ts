import { describe, expect, it } from 'vitest';
import { CredentialUses } from '../../apps/registry-api/src/access/credential-uses.js';
import { bearer } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { admin, alice, app, bob, made, setUp, statusOf, world } from './robots-api.js';

describe('robots', () => {
  setUp();

  describe('rotating one', () => {
    it('ends the old secret, and what was got with it, when the overlap ends', async () => {
      const robot = await made();
      const before = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      const rotated = await alice
        .post(`/namespaces/team/robots/${robot.name}/rotate`, { overlapSeconds: 600 })
        .expect(200);
      const during = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      const renewed = {
        ...robot,
        credentials: { ...robot.credentials, password: rotated.body.secret as string },
      };
      const after = await bearer(app.url, ['repository:team/app:pull'], renewed.credentials);
      const statuses = async () => [
        await statusOf(robot),
        ...(await Promise.all([before, during].map((authorization) => tagsWith(authorization)))),
        await statusOf(renewed),
        await tagsWith(after),
      ];
      expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
      await world.sql('UPDATE robots SET previous_expires_at = now() WHERE name = $1', [robot.name]);
      expect(await statuses()).toEqual([401, 401, 401, 200, 200]);
    });

    it('without an overlap ends it at once', async () => {
      const robot = await made();
      const before = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      await alice.post(`/namespaces/team/robots/${robot.name}/rotate`).expect(200);
      expect([await statusOf(robot), await tagsWith(before)]).toEqual([401, 401]);
    });
  });

  async function tagsWith(authorization: string): Promise<number> {
    const response = await fetch(`${app.url}/v2/team/app/tags/list`, { headers: { authorization } });
    await response.arrayBuffer();
    return response.status;
  }

  it('deleted, are refused at the next request, and so is all that was got with them', async () => {
    const robot = await made();
    const authorization = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([200, 200]);
    await alice.delete(`/namespaces/team/robots/${robot.name}`).expect(204);
    await alice.delete(`/namespaces/team/robots/${robot.name}`).expect(404);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([401, 401]);
    await alice
      .post('/namespaces/team/robots', { name: robot.name, scopes: ['repository:read'] })
      .expect(201);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([401, 401]);
  });

  it('show when and from where they were last used', async () => {
    const robot = await made();
    expect(await statusOf(robot)).toBe(200);
    const { lastUsedAddress } = await eventually('the use is written', async () => {
      await app.nest.get(CredentialUses).flush();
      const { body } = await alice.get(`/namespaces/team/robots/${robot.name}`);
      return body.lastUsedAt && body;
    });
    expect(lastUsedAddress).toMatch(/127\.0\.0\.1$/);
  });

  it('administer nothing, whatever they are granted', async () => {
    const robot = await made({ scopes: ['repository:read', 'repository:write', 'repository:delete'] });
    await alice.put(`/repositories/team%2Fapp/grants/robots/${robot.name}`, { role: 'owner' }).expect(200);
    await robot.api.patch('/repositories/team%2Fapp', { visibility: 'public' }).expect(403);
    await robot.api.get('/repositories/team%2Fapp/grants').expect(403);
    await robot.api.put('/namespaces/team/members/carol', { role: 'owner' }).expect(403);
    await robot.api.get('/namespaces/team/members').expect(403);
    await robot.api.get('/namespaces/team').expect(200);
    await robot.api.get('/access-tokens').expect(403);
    await robot.api.get('/admin/robots').expect(404);
  });

  describe('for admins', () => {
    const namesOf = async (query: string) => {
      const { body } = await admin.get(`/admin/robots?limit=100${query}`).expect(200);
      return (body.items as { name: string }[]).map(({ name }) => name);
    };

    it('are those of all namespaces, by namespace, expiry and days unused', async () => {
      const [fresh, expired, unused] = [await made(), await made(), await made({}, 'alice')];
      await world.sql(`UPDATE robots SET expires_at = now() WHERE name = $1`, [expired.name]);
      await world.sql(`UPDATE robots SET last_used_at = now() - interval '40 days' WHERE name = $1`, [
        unused.name,
      ]);
      expect(await namesOf('')).toEqual(expect.arrayContaining([fresh.name, expired.name, unused.name]));
      expect(await namesOf('&namespace=alice')).toContain(unused.name);
      expect(await namesOf('&namespace=alice')).not.toContain(fresh.name);
      expect(await namesOf('&expired=true')).toEqual([expired.name]);
      expect(await namesOf('&expired=false')).not.toContain(expired.name);
      expect(await namesOf('&unusedDays=30')).toEqual([unused.name]);
      const { body } = await admin.get('/admin/robots?namespace=alice&limit=100').expect(200);
      expect(body.items[0]).toMatchObject({ id: expect.stringMatching(/^\d+$/), namespace: 'alice' });
    });

    it('are revoked one by one or many at once', async () => {
      const robots = [await made(), await made(), await made()];
      const rows = await world.sql<{ id: string }>(
        'SELECT id FROM robots WHERE name = ANY ($1) ORDER BY id',
        [robots.map(({ name }) => name)],
      );
      const [one, two, three] = rows.map(({ id }) => id);
      await admin.delete(`/admin/robots/${one}`).expect(204);
      await admin.delete(`/admin/robots/${one}`).expect(404);
      const ids = [one, two, three];
      const { body } = await admin.post('/admin/robots/revocations', { ids }).expect(200);
      expect(body.revokedIds.toSorted()).toEqual([two, three].toSorted());
      for (const robot of robots) expect(await statusOf(robot)).toBe(401);
      const again = await admin.post('/admin/robots/revocations', { ids }).expect(200);
      expect(again.body).toEqual({ revokedIds: [] });
      await alice.get('/admin/robots').expect(404);
      await alice.delete(`/admin/robots/${one}`).expect(404);
      await alice.post('/admin/robots/revocations', { ids }).expect(404);
    });
  });

  it('records every change', async () => {
    const { name } = await made();
    await alice.patch(`/namespaces/team/robots/${name}`, { isDisabled: true }).expect(200);
    await bob.post(`/namespaces/team/robots/${name}/rotate`).expect(403);
    await alice.delete(`/namespaces/team/robots/${name}`).expect(204);
    const rows = await world.sql(
      'SELECT actor, action, result FROM audit_log WHERE object = $1 ORDER BY id',
      [`robot:robot+team+${name}`],
    );
    expect(rows).toEqual([
      { actor: 'alice', action: 'robot.create', result: 'done' },
      { actor: 'alice', action: 'robot.change', result: 'done' },
      { actor: 'bob', action: 'robot.rotate', result: 'refused' },
      { actor: 'alice', action: 'robot.delete', result: 'done' },
    ]);
  });
});
