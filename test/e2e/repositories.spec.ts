import { describe, expect, it } from 'vitest';
import { app, call, path, people, permissionsOf, seen, setUp, world } from './repositories-api.js';

describe('repositories over /api/v1', () => {
  setUp();

  describe('GET', () => {
    it('answers what a page shows, and what the requester may do', async () => {
      const { status, body, headers } = await call('get', path('team/public'));
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('private, no-store');
      expect(body).toEqual({
        name: 'team/public',
        namespace: 'team',
        visibility: 'public',
        description: 'Open to all',
        readme: '',
        starCount: 0,
        isStarred: false,
        pullCount: 0,
        lastPulledAt: null,
        platforms: [],
        artifactKinds: [],
        latestTag: null,
        sizeBytes: null,
        tagCount: 0,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        pushedAt: null,
        permissions: ['pull'],
        pullsByDay: expect.arrayContaining([{ day: new Date().toISOString().slice(0, 10), count: 0 }]),
        totalBytes: 0,
      });
    });

    it('answers permissions by role', async () => {
      expect(await permissionsOf('team/private', people.reader)).toEqual(['pull']);
      expect(await permissionsOf('team/private', people.writer)).toEqual(['pull', 'push']);
      expect(await permissionsOf('team/private', people.maintainer)).toEqual([
        'pull',
        'push',
        'delete',
        'manage',
      ]);
      const all = ['pull', 'push', 'delete', 'manage', 'administer'];
      expect(await permissionsOf('team/private', people.alice)).toEqual(all);
      expect(await permissionsOf('team/private', people.admin)).toEqual(all);
    });

    it('answers library/x and x alike', async () => {
      await world.repository('library/one', { visibility: 'public' });
      for (const name of ['one', 'library/one']) {
        expect((await call('get', path(name))).body).toMatchObject({ name: 'one', namespace: 'library' });
      }
    });

    it.each(['UPPER/x', 'a//b', 'team/', '.', 'team/x:1'])('refuses the name %s', async (name) => {
      const { status, headers } = await call('get', path(name));
      expect(status).toBe(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    });
  });

  describe('private means absent', () => {
    const change = { description: 'x' };
    it.each([
      { method: 'get' as const },
      { method: 'patch' as const, body: change },
      { method: 'patch' as const, body: { visibility: 'public' } },
      { method: 'patch' as const, body: { unknown: 1 } },
      { method: 'delete' as const },
    ])('$method $body: byte-identical, with as many round trips', async ({ method, body }) => {
      for (const who of [
        undefined,
        await world.accessToken('stranger'),
        await world.accessToken('alice', { repositories: ['other/*'] }),
      ]) {
        await call('get', path(), who); // a first use may be written down
        const answers = [];
        for (const name of ['team/private', 'team/absents', 'nobody/absents']) {
          const statements = await app.countSql(async () => {
            answers.push(seen(await call(method, path(name), who, body)));
          });
          answers.push(statements.length);
        }
        expect(answers.slice(2, 4)).toEqual(answers.slice(0, 2));
        expect(answers.slice(4, 6)).toEqual(answers.slice(0, 2));
        expect(answers[0]).toMatchObject({ status: body && 'unknown' in body ? 400 : 404 });
      }
    });

    it('making a repository of its name answers as in any namespace that is not one’s own', async () => {
      const make = (name: string) => call('post', path(), people.stranger, { name });
      const hidden = seen(await make('team/private'));
      expect(hidden).toEqual(seen(await make('team/absents')));
      expect(hidden).toEqual(seen(await make('nobody/absents')));
      expect(hidden.status).toBe(403);
    });
  });

  describe('POST', () => {
    it('makes a repository, private unless said otherwise', async () => {
      const { status, body } = await call('post', path(), people.writer, {
        name: 'team/made',
        description: 'New',
      });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: 'team/made',
        visibility: 'private',
        description: 'New',
        pushedAt: null,
      });
    });

    it('makes the namespace too for an admin, who owns it then', async () => {
      expect(
        (await call('post', path(), people.admin, { name: 'fresh/app', visibility: 'public' })).status,
      ).toBe(201);
      const [owner] = await world.sql(
        `SELECT m.role::text, n.kind FROM namespace_members m JOIN namespaces n ON n.id = m.namespace_id
         JOIN users u ON u.id = m.user_id WHERE n.name = 'fresh' AND u.username = 'admin'`,
      );
      expect(owner).toEqual({ role: 'owner', kind: 'organization' });
      expect((await call('post', path(), people.admin, { name: 'tool' })).body).toMatchObject({
        namespace: 'library',
      });
    });

    it.each(['api/x', 'v2/x', 'robot/x', 'token/x'])(
      'refuses the reserved namespace of %s to admins too',
      async (name) => {
        const { status, body } = await call('post', path(), people.admin, { name });
        expect(status).toBe(403);
        expect(body.detail).toContain('reserved');
      },
    );

    it('lets only owners make one public', async () => {
      const body = { name: 'team/open', visibility: 'public' };
      expect((await call('post', path(), people.maintainer, body)).status).toBe(403);
      expect(
        (
          await call(
            'post',
            path(),
            await world.accessToken('alice', { scopes: ['repository:read', 'repository:write'] }),
            body,
          )
        ).status,
      ).toBe(403);
      expect((await call('post', path(), people.alice, body)).status).toBe(201);
    });

    it.each([
      { case: 'nobody signed in', who: undefined, name: 'team/x1', status: 401 },
      { case: 'a reader', who: 'reader' as const, name: 'team/x2', status: 403 },
      { case: 'a name taken that one reads', who: 'reader' as const, name: 'team/private', status: 409 },
      { case: 'a public name taken', who: 'stranger' as const, name: 'team/public', status: 409 },
      { case: 'a name out of grammar', who: 'alice' as const, name: 'team/X', status: 400 },
      { case: 'a deleted namespace', who: 'admin' as const, name: 'gone/app', status: 403 },
    ])('answers $status to $case', async ({ who, name, status }) => {
      await world.sql(
        `INSERT INTO namespaces (name, kind, deleted_at) VALUES ('gone', 'organization', now()) ON CONFLICT DO NOTHING`,
      );
      expect((await call('post', path(), who && people[who], { name })).status).toBe(status);
    });

    it('makes one of a name for which many ask at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => call('post', path(), people.admin, { name: 'crowd/app' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    });
  });
});
