import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('repositories over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let people: Record<'alice' | 'reader' | 'writer' | 'maintainer' | 'stranger' | 'admin', Credentials>;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    people = {
      alice: await world.user('alice'),
      reader: await world.user('reader'),
      writer: await world.user('writer'),
      maintainer: await world.user('maintainer'),
      stranger: await world.user('stranger'),
      admin: app.admin,
    };
    await world.organization('team', {
      alice: 'owner',
      reader: 'reader',
      writer: 'writer',
      maintainer: 'maintainer',
    });
    await world.repository('team/private');
    await world.repository('team/public', { visibility: 'public', description: 'Open to all' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const path = (name?: string) =>
    `/api/v1/repositories${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

  function call(
    method: 'get' | 'post' | 'patch' | 'delete',
    address: string,
    who?: Credentials,
    body?: object,
  ): Promise<Response> {
    const request = supertest(app.url)[method](address);
    if (who) request.auth(who.username, who.password);
    return (body ? request.send(body) : request).then((response) => response);
  }

  const permissionsOf = async (name: string, who?: Credentials) =>
    (await call('get', path(name), who)).body.permissions;

  /** All of an answer that could tell two apart, but for the request id and the time. */
  function seen({ status, headers, text }: Response) {
    const { date, 'x-request-id': requestId, ...rest } = headers;
    return { status, headers: rest, text };
  }

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
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        pushedAt: null,
        permissions: ['pull'],
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

  describe('bodies that do not fit', () => {
    it.each([
      { case: 'an unknown key', body: { starCount: 5 } },
      { case: 'an id', body: { id: '1', description: 'x' } },
      { case: 'another visibility', body: { visibility: 'internal' } },
      { case: 'a number', body: { description: 5 } },
      { case: 'null', body: { readme: null } },
      { case: 'a long description', body: { description: 'x'.repeat(1001) } },
      { case: 'a description that drives terminals', body: { description: 'a\u001b[2Jb' } },
      { case: 'a README with a NUL', body: { readme: 'a\0b' } },
      { case: 'a README of 256 KiB and one byte', body: { readme: 'x'.repeat(256 * 1024 + 1) } },
      { case: 'a list', body: [] },
    ])('PATCH refuses $case', async ({ body }) => {
      const { status, headers } = await call('patch', path('team/public'), people.alice, body);
      expect(status).toBe(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    });

    it('refuses what is no JSON, nothing at all, and more than 1 MiB', async () => {
      const patch = () =>
        supertest(app.url).patch(path('team/public')).auth(people.alice.username, people.alice.password);
      expect((await patch().type('json').send('{"a')).status).toBe(400);
      expect((await patch()).status).toBe(400);
      expect((await patch().type('form').send('visibility=public')).status).toBe(415);
      expect((await patch().send({ readme: 'x'.repeat(1024 * 1024) })).status).toBe(413);
    });

    it.each([{}, { name: 5 }, { name: 'team/y', visibility: '' }, { name: 'team/y', namespaceId: '1' }])(
      'POST refuses %j',
      async (body) => {
        expect((await call('post', path(), people.alice, body)).status).toBe(400);
      },
    );
  });

  describe('PATCH', () => {
    it('changes what is named and leaves the rest', async () => {
      await world.repository('team/changed', { description: 'Before' });
      const before = await call('get', path('team/changed'), people.alice);
      const readme = await call('patch', path('team/changed'), people.maintainer, { readme: '# Hello' });
      expect(readme.status).toBe(200);
      expect(readme.body).toMatchObject({ readme: '# Hello', description: 'Before', visibility: 'private' });
      expect(readme.body.updatedAt > before.body.updatedAt).toBe(true);
      const cleared = await call('patch', path('team/changed'), people.alice, {
        description: '',
        visibility: 'public',
      });
      expect(cleared.body).toMatchObject({ readme: '# Hello', description: '', visibility: 'public' });
      expect((await call('get', path('team/changed'))).status).toBe(200);
    });

    it.each([
      { who: 'maintainer' as const, body: { description: 'a' }, status: 200 },
      { who: 'maintainer' as const, body: { visibility: 'public' }, status: 403 },
      { who: 'maintainer' as const, body: { visibility: 'private', readme: 'a' }, status: 403 },
      { who: 'writer' as const, body: { description: 'a' }, status: 403 },
      { who: 'reader' as const, body: {}, status: 403 },
      { who: 'admin' as const, body: { visibility: 'private' }, status: 200 },
    ])('answers $status to $who for $body', async ({ who, body, status }) => {
      expect((await call('patch', path('team/private'), people[who], body)).status).toBe(status);
    });

    it('answers 401 to nobody where everybody reads', async () => {
      const { status, headers } = await call('patch', path('team/public'), undefined, { description: 'a' });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toMatch(/\S/);
    });

    it('needs the scope of an access token too', async () => {
      const token = await world.accessToken('alice', {
        scopes: ['repository:read', 'repository:write', 'repository:delete'],
      });
      expect((await call('patch', path('team/public'), token, { description: 'a' })).status).toBe(403);
    });
  });

  describe('DELETE', () => {
    it.each([
      { who: 'reader' as const, status: 403 },
      { who: 'writer' as const, status: 403 },
      { who: 'maintainer' as const, status: 204 },
    ])('answers $status to $who', async ({ who, status }) => {
      await world.sql(`DELETE FROM repositories WHERE name = 'team/doomed'`);
      await world.repository('team/doomed');
      expect((await call('delete', path('team/doomed'), people[who])).status).toBe(status);
      expect((await call('get', path('team/doomed'), people.alice)).status).toBe(status === 204 ? 404 : 200);
    });

    it('takes manifests, nested indexes, tags and unfinished uploads along, and the name is free again', async () => {
      const client = new RegistryClient({ url: app.url, credentials: people.alice });
      const index = indexOf([indexOf([randomImage(), randomImage()]), randomImage()]);
      await client.push('team/full', index, 'latest');
      await client.startUpload('team/full');
      expect((await call('delete', path('team/full'), people.alice)).status).toBe(204);
      expect((await client.request('GET', '/v2/team/full/manifests/latest')).status).toBe(404);
      await client.push('team/full', index, 'again');
      expect(await client.tags('team/full')).toEqual(['again']);
    });
  });

  describe('GET the list', () => {
    it('pages by cursor through what the requester may pull', async () => {
      await world.organization('list', { reader: 'reader' });
      for (const name of ['list/a', 'list/b', 'list/c', 'list/d']) await world.repository(name);
      const read = async (who: Credentials | undefined): Promise<string[]> => {
        const names: string[] = [];
        let cursor = '';
        do {
          const { body, status } = await call('get', `${path()}?limit=3${cursor}`, who);
          expect(status).toBe(200);
          expect(body.items.length).toBeLessThanOrEqual(3);
          names.push(...body.items.map(({ name }: { name: string }) => name));
          cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
        } while (cursor !== '');
        return names.filter((name) => name.startsWith('list/') || name === 'team/public');
      };
      expect(await read(people.reader)).toEqual(['list/a', 'list/b', 'list/c', 'list/d', 'team/public']);
      expect(await read(people.stranger)).toEqual(['team/public']);
      expect(await read(undefined)).toEqual(['team/public']);
    });

    it('is one round trip, and holds no README', async () => {
      const token = await world.accessToken('alice');
      await call('get', path(), token); // a first use may be written down
      expect(await app.countSql(() => call('get', path(), token))).toHaveLength(1);
      const { body } = await call('get', path());
      expect(body.items[0]).not.toHaveProperty('readme');
    });

    it.each([
      '?limit=0',
      '?limit=101',
      '?limit=x',
      '?cursor=!',
      '?cursor=',
      '?sort=password',
      '?limit=1&limit=2',
    ])('refuses %s', async (query) => {
      expect((await call('get', path() + query)).status).toBe(400);
    });

    it('refuses credentials that do not count', async () => {
      const token = await world.accessToken('alice', { expiresAt: new Date(0) });
      const { status, body } = await call('get', path(), token);
      expect(status).toBe(401);
      expect(body.detail).toContain('expired');
    });
  });
});
