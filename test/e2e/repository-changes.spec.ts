import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { indexOf, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { app, call, path, people, setUp, world } from './repositories-api.js';

describe('repositories over /api/v1', () => {
  setUp();

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
