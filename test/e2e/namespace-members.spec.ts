import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';
import { admin, alice, app, bob, carol, setUp, world } from './namespaces-api.js';

describe('namespaces', () => {
  setUp();

  describe('members', () => {
    it('are made, changed and removed by owners and admins only', async () => {
      await world.organization('crew', { alice: 'owner', bob: 'maintainer' });
      await bob.put('/namespaces/crew/members/carol', { role: 'reader' }).expect(403);
      const made = await alice.put('/namespaces/crew/members/carol', { role: 'reader' }).expect(200);
      expect(made.body).toMatchObject({ username: 'carol', role: 'reader' });
      await carol.get('/namespaces/crew').expect(200);
      await alice.put('/namespaces/crew/members/carol', { role: 'writer' }).expect(200);
      expect((await carol.get('/namespaces/crew')).body.role).toBe('writer');
      await carol.put('/namespaces/crew/members/carol', { role: 'owner' }).expect(403);
      await admin.delete('/namespaces/crew/members/carol').expect(204);
      await carol.get('/namespaces/crew').expect(404);
      await admin.delete('/namespaces/crew/members/carol').expect(404);
    });

    it.each(['nosuchuser', 'Upper', 'robot+alice+ci', '%00', 'disabled'])('are no %s', async (username) => {
      await world.organization('strict', { alice: 'owner' }).catch(() => undefined);
      await world.user('disabled').catch(() => undefined);
      await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'disabled'`);
      await alice.put(`/namespaces/strict/members/${username}`, { role: 'reader' }).expect(404);
    });

    it.each([{ role: 'admin' }, {}, { role: 'reader', isAdmin: true }, { role: ['owner'] }])(
      'have no role from %j',
      async (body) => {
        await alice.put('/namespaces/alice/members/bob', body).expect(400);
      },
    );

    it('may leave, and lose their teams and grants in it', async () => {
      await world.organization('left', { alice: 'owner', bob: 'reader' });
      await world.repository('left/app');
      await world.grant('left/app', 'bob', 'writer');
      await alice.post('/namespaces/left/teams', { name: 'devs' }).expect(201);
      await alice.put('/namespaces/left/teams/devs/members/bob').expect(200);
      await bob.get('/repositories/left%2Fapp').expect(200);
      await bob.delete('/namespaces/left/members/bob').expect(204);
      await bob.get('/repositories/left%2Fapp').expect(404);
      expect((await alice.get('/namespaces/left/teams/devs').expect(200)).body.memberCount).toBe(0);
    });

    it('keep at least one owner, who is not disabled', async () => {
      await world.organization('owned', { alice: 'owner', bob: 'owner' });
      await alice.put('/namespaces/owned/members/bob', { role: 'reader' }).expect(200);
      const refused = await alice.delete('/namespaces/owned/members/alice').expect(409);
      expect(refused.body.detail).toBe(
        '"alice" is the last owner of "owned": make somebody else an owner first.',
      );
      await admin.put('/namespaces/owned/members/alice', { role: 'writer' }).expect(409);
      await alice.put('/namespaces/owned/members/bob', { role: 'owner' }).expect(200);
      await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'bob'`);
      await alice.put('/namespaces/owned/members/alice', { role: 'writer' }).expect(409);
      await world.sql(`UPDATE users SET disabled_at = NULL WHERE username = 'bob'`);
      await alice.put('/namespaces/owned/members/alice', { role: 'writer' }).expect(200);
    });

    it('keep an owner when two owners remove each other at once', async () => {
      for (const name of ['duel-a', 'duel-b', 'duel-c', 'duel-d', 'duel-e']) {
        await world.organization(name, { alice: 'owner', bob: 'owner' });
        const answers = await Promise.all([
          alice.delete(`/namespaces/${name}/members/bob`),
          bob.delete(`/namespaces/${name}/members/alice`),
        ]);
        expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
        const owners = await world.sql(
          `SELECT user_id FROM namespace_members m JOIN namespaces n ON n.id = m.namespace_id WHERE n.name = $1`,
          [name],
        );
        expect(owners).toHaveLength(1);
      }
    });

    it("of a user's own namespace may be many, and its user stays an owner", async () => {
      await alice.put('/namespaces/alice/members/bob', { role: 'owner' }).expect(200);
      const refused = await bob.put('/namespaces/alice/members/alice', { role: 'reader' }).expect(409);
      expect(refused.body.detail).toBe('"alice" is the user\'s own: "alice" stays its owner.');
      await bob.delete('/namespaces/alice/members/alice').expect(409);
      await alice.delete('/namespaces/alice/members/bob').expect(204);
    });

    it('of library are made by admins, who act as its owners', async () => {
      await carol.put('/namespaces/library/members/carol', { role: 'owner' }).expect(404);
      await admin.put('/namespaces/library/members/carol', { role: 'owner' }).expect(200);
      await carol.put('/namespaces/library/members/bob', { role: 'reader' }).expect(200);
      await admin.delete('/namespaces/library/members/carol').expect(204);
      await admin.delete('/namespaces/library/members/bob').expect(204);
      expect((await admin.get('/namespaces/library').expect(200)).body.role).toBe('owner');
    });

    it('are not changed with a credential that lacks the scope admin or is limited', async () => {
      await world.organization('scoped', { alice: 'owner' });
      const reader = apiOf(app, await world.accessToken('alice', { scopes: ['repository:read'] }));
      const limited = apiOf(app, await world.accessToken('alice', { repositories: ['scoped/*'] }));
      await reader.get('/namespaces/scoped').expect(200);
      await reader.get('/namespaces/scoped/members').expect(403);
      await reader.put('/namespaces/scoped/members/bob', { role: 'reader' }).expect(403);
      await limited.get('/namespaces/scoped').expect(404);
      await limited.put('/namespaces/scoped/members/bob', { role: 'reader' }).expect(404);
    });
  });

  describe('teams', () => {
    it('are made, described and deleted by owners, and seen by members', async () => {
      await world.organization('teamed', { alice: 'owner', bob: 'maintainer' });
      await bob.post('/namespaces/teamed/teams', { name: 'devs' }).expect(403);
      const made = await alice
        .post('/namespaces/teamed/teams', { name: 'devs', description: 'd' })
        .expect(201);
      expect(made.body).toEqual({
        name: 'devs',
        description: 'd',
        memberCount: 0,
        createdAt: expect.any(String),
      });
      await alice.post('/namespaces/teamed/teams', { name: 'devs' }).expect(409);
      await alice.post('/namespaces/teamed/teams', { name: 'De vs' }).expect(400);
      const changed = await alice.patch('/namespaces/teamed/teams/devs', { description: 'e' }).expect(200);
      expect(changed.body.description).toBe('e');
      expect((await bob.get('/namespaces/teamed/teams').expect(200)).body.items).toEqual([changed.body]);
      await carol.get('/namespaces/teamed/teams/devs').expect(404);
      await alice.delete('/namespaces/teamed/teams/devs').expect(204);
      await alice.delete('/namespaces/teamed/teams/devs').expect(404);
      await alice.patch('/namespaces/teamed/teams/devs', {}).expect(404);
    });

    it('are made of members of the namespace', async () => {
      await world.organization('gathered', { alice: 'owner', bob: 'reader' });
      await alice.post('/namespaces/gathered/teams', { name: 'devs' }).expect(201);
      const refused = await alice.put('/namespaces/gathered/teams/devs/members/carol').expect(404);
      const unknown = await alice.put('/namespaces/gathered/teams/devs/members/unknown').expect(404);
      expect(refused.body.detail.replace('carol', 'X')).toBe(unknown.body.detail.replace('unknown', 'X'));
      const added = await alice.put('/namespaces/gathered/teams/devs/members/bob').expect(200);
      const again = await alice.put('/namespaces/gathered/teams/devs/members/bob').expect(200);
      expect(again.body).toEqual(added.body);
      const listed = await bob.get('/namespaces/gathered/teams/devs/members').expect(200);
      expect(listed.body.items).toEqual([{ username: 'bob', createdAt: expect.any(String) }]);
      await bob.delete('/namespaces/gathered/teams/devs/members/bob').expect(403);
      await alice.delete('/namespaces/gathered/teams/devs/members/bob').expect(204);
      await alice.delete('/namespaces/gathered/teams/devs/members/bob').expect(404);
      await alice.get('/namespaces/gathered/teams/nosuch/members').expect(404);
    });
  });

  it('records every change', async () => {
    await alice.post('/namespaces', { name: 'logged' }).expect(201);
    await alice.put('/namespaces/logged/members/bob', { role: 'writer' }).expect(200);
    await bob.delete('/namespaces/logged').expect(403);
    const rows = await world.sql(
      `SELECT actor, credential, action, result, details FROM audit_log WHERE object = 'namespace:logged' ORDER BY id`,
    );
    expect(rows).toMatchObject([
      { actor: 'alice', credential: 'access token test', action: 'namespace.create', result: 'done' },
      { actor: 'alice', action: 'member.set', details: { member: 'bob', role: 'writer', formerRole: null } },
      { actor: 'bob', action: 'namespace.delete', result: 'refused' },
    ]);
  });
});

describe('BERTH_ORGANIZATIONS=admins', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ env: { BERTH_ORGANIZATIONS: 'admins' } });
  });
  afterAll(() => app.close());

  it('keeps users from making organizations', async () => {
    const world = await World.open(app.databaseUrl);
    await world.user('alice');
    const alice = apiOf(app, await world.accessToken('alice'));
    await alice.post('/namespaces', { name: 'mine' }).expect(403);
    await apiOf(app, app.admin).post('/namespaces', { name: 'ours' }).expect(201);
    await world.close();
  });
});
