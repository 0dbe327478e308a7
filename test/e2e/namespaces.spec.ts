import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { admin, alice, app, bob, carol, nobody, setUp, world } from './namespaces-api.js';

describe('namespaces', () => {
  setUp();

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

    it('is deleted by an owner with its repositories, and its name is never given out again', async () => {
      await world.organization('leaving', { alice: 'owner', bob: 'maintainer' });
      await world.repository('leaving/app');
      await bob.delete('/namespaces/leaving').expect(403);
      await alice.delete('/namespaces/leaving').expect(204);
      for (const who of [alice, admin]) {
        await who.get('/namespaces/leaving').expect(404);
        await who.get('/repositories/leaving%2Fapp').expect(404);
      }
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

    it('takes along a repository that is being made in it', async () => {
      for (const name of ['race-a', 'race-b', 'race-c', 'race-d']) {
        await world.organization(name, { alice: 'owner' });
        await Promise.all([
          alice.post('/repositories', { name: `${name}/app` }),
          alice.delete(`/namespaces/${name}`),
        ]);
        await alice.get(`/repositories/${name}%2Fapp`).expect(404);
        await admin.get(`/namespaces/${name}`).expect(404);
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
});
