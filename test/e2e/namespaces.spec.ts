import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

describe('namespaces', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Api;
  let bob: Api;
  let carol: Api;
  const nobody = () => apiOf(app);

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
    const signedIn = async (username: string) => {
      await world.user(username);
      return apiOf(app, await world.accessToken(username));
    };
    [alice, bob, carol] = [await signedIn('alice'), await signedIn('bob'), await signedIn('carol')];
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  describe('an organization', () => {
    it('is made by a user, who owns it', async () => {
      const made = await alice.post('/namespaces', { name: 'made', description: 'a team' }).expect(201);
      expect(made.body).toEqual({
        name: 'made',
        kind: 'organization',
        repositoryCount: 0,
        role: 'owner',
        description: 'a team',
        createdAt: expect.stringMatching(/^\d{4}-/),
      });
      expect((await alice.get('/namespaces/made').expect(200)).body).toEqual(made.body);
      const members = await alice.get('/namespaces/made/members').expect(200);
      expect(members.body.items).toEqual([
        { username: 'alice', role: 'owner', createdAt: expect.any(String) },
      ]);
    });

    it.each([
      { what: 'of somebody else', name: 'bob' },
      { what: 'that is reserved', name: 'api' },
      { what: 'of the instance', name: 'library' },
      { what: 'that was given out once', name: 'gone' },
    ])('cannot have a name $what', async ({ name }) => {
      await world.sql(
        `INSERT INTO namespaces (name, kind, deleted_at) VALUES ('gone', 'organization', now()) ON CONFLICT DO NOTHING`,
      );
      const { body } = await alice.post('/namespaces', { name }).expect(409);
      expect(body.detail).toBe(`The name "${name}" is taken or reserved: choose another one.`);
    });

    it.each([
      { body: {} },
      { body: { name: 'Upper' } },
      { body: { name: 'a/b' } },
      { body: { name: 'robot+a+b' } },
      { body: { name: 'x', kind: 'instance' } },
      { body: { name: 'x', description: 'two\nlines' } },
      { body: { name: 7 } },
    ])('is not made from $body', async ({ body }) => {
      await alice.post('/namespaces', body).expect(400);
    });

    it('is made by no robot, by no credential without the scope admin, and by nobody', async () => {
      const robot = apiOf(app, await world.robot('alice', 'maker'));
      const reader = apiOf(app, await world.accessToken('alice', { scopes: ['repository:read'] }));
      const limited = apiOf(app, await world.accessToken('alice', { repositories: ['alice/*'] }));
      await robot.post('/namespaces', { name: 'unmade' }).expect(403);
      await reader.post('/namespaces', { name: 'unmade' }).expect(403);
      await limited.post('/namespaces', { name: 'unmade' }).expect(403);
      await nobody().post('/namespaces', { name: 'unmade' }).expect(401);
    });

    it('changes its description, and never its name', async () => {
      await world.organization('described', { alice: 'owner', bob: 'maintainer' });
      await alice.patch('/namespaces/described', { name: 'renamed' }).expect(400);
      const { body } = await alice.patch('/namespaces/described', { description: 'new' }).expect(200);
      expect(body.description).toBe('new');
      await bob.patch('/namespaces/described', { description: 'mine' }).expect(403);
      await carol.patch('/namespaces/described', { description: 'mine' }).expect(404);
    });

    it('is deleted by an owner once it has no repository, and its name is never given out again', async () => {
      await world.organization('leaving', { alice: 'owner', bob: 'maintainer' });
      await world.repository('leaving/app');
      await bob.delete('/namespaces/leaving').expect(403);
      const refused = await alice.delete('/namespaces/leaving').expect(409);
      expect(refused.body.detail).toBe('"leaving" still has a repository: delete them first.');
      await alice.delete('/repositories/leaving%2Fapp').expect(204);
      await alice.delete('/namespaces/leaving').expect(204);
      await alice.get('/namespaces/leaving').expect(404);
      await admin.get('/namespaces/leaving').expect(404);
      await bob.post('/namespaces', { name: 'leaving' }).expect(409);
      await bob.post('/repositories', { name: 'leaving/app' }).expect(403);
      await admin.post('/repositories', { name: 'leaving/app' }).expect(403);
    });

    it.each([
      { name: 'alice', says: '"alice" goes with its user\'s account: delete that.' },
      { name: 'library', says: '"library" belongs to this Berth and stays.' },
    ])('$name is none, and stays', async ({ name, says }) => {
      const { body } = await admin.delete(`/namespaces/${name}`).expect(409);
      expect(body.detail).toBe(says);
    });

    it('is not deleted while a repository is being made in it', async () => {
      for (const name of ['race-a', 'race-b', 'race-c', 'race-d']) {
        await world.organization(name, { alice: 'owner' });
        await Promise.all([
          alice.post('/repositories', { name: `${name}/app` }),
          alice.delete(`/namespaces/${name}`),
        ]);
        const [row] = await world.sql<{ is_deleted: boolean; repositories: number }>(
          `SELECT n.deleted_at IS NOT NULL AS is_deleted,
             (SELECT count(*)::int FROM repositories r WHERE r.namespace_id = n.id) AS repositories
           FROM namespaces n WHERE n.name = $1`,
          [name],
        );
        expect(row?.is_deleted).toBe(row?.repositories === 0);
      }
    });
  });

  describe('who sees one', () => {
    const hidden = { name: 'seen-not', visibility: 'private' } as const;
    const open = { name: 'seen-open', visibility: 'public' } as const;

    beforeAll(async () => {
      for (const { name, visibility } of [hidden, open]) {
        await world.organization(name, { alice: 'owner', bob: 'reader' });
        await world.repository(`${name}/app`, { visibility });
        await world.repository(`${name}/inner`);
      }
    });

    it('is who belongs to it, with role and description', async () => {
      for (const { name } of [hidden, open]) {
        const { body } = await bob.get(`/namespaces/${name}`).expect(200);
        expect(body).toMatchObject({ name, role: 'reader', description: '', repositoryCount: 2 });
      }
      expect((await admin.get(`/namespaces/${hidden.name}`).expect(200)).body).toMatchObject({
        role: null,
        description: '',
        repositoryCount: 2,
      });
    });

    it('is everybody who sees a repository in it, by its bare name', async () => {
      for (const someone of [carol, nobody()]) {
        const { body } = await someone.get(`/namespaces/${open.name}`).expect(200);
        expect(body).toEqual({
          name: open.name,
          kind: 'organization',
          repositoryCount: 1,
          role: null,
          description: null,
          createdAt: null,
        });
      }
      await world.grant(`${hidden.name}/inner`, 'carol', 'reader');
      const { body } = await carol.get(`/namespaces/${hidden.name}`).expect(200);
      expect(body).toMatchObject({ repositoryCount: 1, role: null, description: null });
      await world.sql('DELETE FROM repository_grants');
    });

    it('is nobody else: it answers as one that is not there, with as many round trips', async () => {
      for (const someone of [carol, nobody()]) {
        const answers = [];
        for (const name of [hidden.name, 'seen-absent']) {
          let answer: unknown;
          const statements = await app.countSql(async () => {
            const { status, body, headers } = await someone.get(`/namespaces/${name}`);
            const { date: _date, 'x-request-id': _id, ...kept } = headers;
            answer = { status, body, kept };
          });
          answers.push({ answer, statements });
        }
        expect(answers[0]).toEqual(answers[1]);
        expect(answers[0]).toMatchObject({ answer: { status: 404 } });
      }
    });

    it('keeps its members and teams to its members', async () => {
      for (const { name } of [hidden, open]) {
        for (const path of ['members', 'teams', 'robots']) {
          await carol.get(`/namespaces/${name}/${path}`).expect(404);
          await nobody().get(`/namespaces/${name}/${path}`).expect(401);
        }
        await bob.get(`/namespaces/${name}/members`).expect(200);
        await bob.get(`/namespaces/${name}/teams`).expect(200);
      }
    });

    it('lists those that one belongs to, and on request all that one sees anything of', async () => {
      const names = async (someone: Api, query = '') => {
        const { body } = await someone.get(`/namespaces?limit=100${query}`).expect(200);
        return (body.items as { name: string }[]).map(({ name }) => name);
      };
      expect(await names(carol)).toEqual(['carol']);
      expect(await names(carol, '&all=true')).toEqual(['carol', open.name]);
      expect(await names(nobody())).toEqual([]);
      expect(await names(nobody(), '&all=true')).toEqual([open.name]);
      expect(await names(admin)).toEqual(['admin', 'library']);
      expect(await names(admin, '&all=true')).toEqual(
        expect.arrayContaining(['alice', 'carol', hidden.name, 'library']),
      );
    });

    it('lists them page by page', async () => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const query = cursor === undefined ? '' : `&cursor=${cursor}`;
        const { body } = await admin.get(`/namespaces?all=true&limit=2${query}`).expect(200);
        found.push(...(body.items as { name: string }[]).map(({ name }) => name));
        cursor = body.nextCursor;
      } while (cursor !== undefined);
      const { body } = await admin.get('/namespaces?all=true&limit=100').expect(200);
      expect(found).toEqual((body.items as { name: string }[]).map(({ name }) => name));
      expect(found.length).toBeGreaterThan(4);
    });
  });

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
