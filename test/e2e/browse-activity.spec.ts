import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

interface Move {
  id: string;
  tag: string;
  from: string | null;
  to: string | null;
  isRestorable: boolean;
}

describe('tags deleted and restored over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;
  const as: Record<string, Api> = {};

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'maintainer', 'writer', 'reader', 'stranger']) {
      await world.user(name);
      as[name] = apiOf(app, await world.accessToken(name));
    }
    as.nobody = apiOf(app);
    await world.organization('team', {
      alice: 'owner',
      maintainer: 'maintainer',
      writer: 'writer',
      reader: 'reader',
    });
    client = new RegistryClient({
      url: app.url,
      credentials: await world.accessToken('alice'),
      scheme: 'basic',
    });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const api = (name: string): Api => as[name]!;
  const path = (rest: string, name = 'team/app') => `/repositories/${encodeURIComponent(name)}${rest}`;
  const movesOf = async (query = '', name = 'team/app'): Promise<Move[]> =>
    (
      await api('alice')
        .get(path(`/activity${query}`, name))
        .expect(200)
    ).body.items;
  const isThere = async (reference: string, name = 'team/app') =>
    (await client.request('HEAD', `/v2/${name}/manifests/${reference}`)).status === 200;
  const summaryOf = async (name: string) => (await api('alice').get(path('', name)).expect(200)).body;

  it('lists the deletions of tags that are gone, and whose images are not', async () => {
    const deleted = (query = '') => movesOf(`?deleted=true${query}`, 'team/trash');
    const image = await pushed('team/trash', 'a', 'b', 'again', 'kept');
    const whole = await pushed('team/trash', 'whole');
    const remove = (rest: string) => api('alice').delete(path(rest, 'team/trash'));
    for (const tag of ['a', 'b', 'again', 'b']) await remove(`/tags/${tag}`);
    await remove(`/manifests/${whole.digest}`).expect(204);
    await client.putManifest('team/trash', image, 'again');
    expect((await deleted()).map(({ tag, from, isRestorable }) => [tag, from, isRestorable])).toEqual([
      ['b', image.digest, true],
      ['a', image.digest, true],
    ]);
    expect((await deleted('&tag=a')).map(({ tag }) => tag)).toEqual(['a']);
    const page = await api('alice').get(path('/activity?deleted=true&limit=1', 'team/trash')).expect(200);
    expect((await deleted(`&cursor=${page.body.nextCursor}`)).map(({ tag }) => tag)).toEqual(['a']);
    const [, move] = await deleted();
    await api('writer')
      .post(path(`/activity/${move!.id}/restore`, 'team/trash'))
      .expect(200);
    expect((await deleted()).map(({ tag }) => tag)).toEqual(['b']);
    await remove(`/manifests/${image.digest}`).expect(204);
    expect(await deleted()).toEqual([]);
  });

  async function pushed(name: string, ...tags: string[]): Promise<TestManifest> {
    const image = randomImage();
    for (const tag of tags) await client.push(name, image, tag);
    return image;
  }

  describe('deleting a tag', () => {
    it('names what stays on the digest, and can be undone', async () => {
      const image = await pushed('team/app', 'one', 'two');
      const { body } = await api('alice').delete(path('/tags/one')).expect(200);
      expect(body).toEqual({
        undo: { historyId: expect.stringMatching(/^\d+$/) },
        staysOn: ['two'],
        untaggedDigest: null,
        isNeededByIndex: false,
      });
      expect(await isThere('one')).toBe(false);
      expect(await isThere('two')).toBe(true);
      const restored = await api('alice')
        .post(path(`/activity/${body.undo.historyId}/restore`))
        .expect(200);
      expect(restored.body).toEqual({ tag: 'one', digest: image.digest });
      expect(await client.pullManifest('team/app', 'one')).toEqual(image.bytes);
    });

    it('says which digest has no tag any more, and that an index needs it', async () => {
      const image = await pushed('team/app', 'child');
      await client.push('team/app', indexOf([image]), 'parent');
      const { body } = await api('alice').delete(path('/tags/child')).expect(200);
      expect(body).toMatchObject({ staysOn: [], untaggedDigest: image.digest, isNeededByIndex: true });
    });

    it('keeps what lists show in step', async () => {
      const old = await pushed('team/counted', '1.0');
      await client.push('team/counted', randomImage({ architecture: 'arm64' }), 'latest');
      expect(await summaryOf('team/counted')).toMatchObject({
        tagCount: 2,
        latestTag: 'latest',
        platforms: ['linux/arm64'],
      });
      const { body } = await api('alice').delete(path('/tags/latest', 'team/counted')).expect(200);
      expect(await summaryOf('team/counted')).toMatchObject({
        tagCount: 1,
        latestTag: '1.0',
        platforms: ['linux/amd64'],
      });
      await api('alice')
        .post(path(`/activity/${body.undo.historyId}/restore`, 'team/counted'))
        .expect(200);
      expect(await summaryOf('team/counted')).toMatchObject({ tagCount: 2, platforms: ['linux/arm64'] });
      await api('alice')
        .delete(path(`/manifests/${old.digest}`, 'team/counted'))
        .expect(204);
      expect(await summaryOf('team/counted')).toMatchObject({ tagCount: 1, latestTag: 'latest' });
    });

    it.each([
      { who: 'maintainer', status: 200 },
      { who: 'writer', status: 403 },
      { who: 'reader', status: 403 },
      { who: 'stranger', status: 404 },
      { who: 'nobody', status: 404 },
    ])('answers $status to $who', async ({ who, status }) => {
      await pushed('team/guarded', 'tag');
      await api(who).delete(path('/tags/tag', 'team/guarded')).expect(status);
    });

    it('answers 404 for one that is not there', async () => {
      await api('alice').delete(path('/tags/none')).expect(404);
    });
  });

  describe('deleting a manifest', () => {
    it('takes its tags along, which the activity restores until the manifest is gone for good', async () => {
      const image = await pushed('team/whole', 'a', 'b');
      await api('alice')
        .delete(path(`/manifests/${image.digest}`, 'team/whole'))
        .expect(204);
      const moves = await movesOf('', 'team/whole');
      expect(moves.map(({ tag, to, isRestorable }) => [tag, to, isRestorable]).sort()).toEqual([
        ['a', null, true],
        ['a', image.digest, true],
        ['b', null, true],
        ['b', image.digest, true],
      ]);
      const [entry] = (await api('alice').get(path('/trash', 'team/whole')).expect(200)).body.items;
      await api('alice')
        .post(path(`/trash/${entry.id}/purge`, 'team/whole'), { digest: image.digest })
        .expect(204);
      const { body } = await api('alice')
        .post(path(`/activity/${moves[0]!.id}/restore`, 'team/whole'))
        .expect(409);
      expect(body.detail).toContain('push it again');
    });

    it('is refused while an index lists it', async () => {
      const image = randomImage();
      const index = indexOf([image]);
      await client.push('team/listed', index, 'index');
      const { body } = await api('alice')
        .delete(path(`/manifests/${image.digest}`, 'team/listed'))
        .expect(409);
      expect(body.detail).toContain(index.digest);
    });
  });

  describe('activity', () => {
    it('has every move: who, when, from, to, with what', async () => {
      const [first, second] = [await pushed('team/moves', 'x'), await pushed('team/moves', 'x')];
      await api('maintainer').delete(path('/tags/x', 'team/moves')).expect(200);
      const { body, headers } = await api('reader').get(path('/activity', 'team/moves')).expect(200);
      expect(headers['cache-control']).toBe('private, no-store');
      const move = {
        id: expect.stringMatching(/^\d+$/),
        tag: 'x',
        movedAt: expect.stringMatching(/Z$/),
        credential: 'access token test',
      };
      expect(body.items).toEqual([
        { ...move, from: second.digest, to: null, movedBy: 'maintainer', isRestorable: true },
        { ...move, from: first.digest, to: second.digest, movedBy: 'alice', isRestorable: true },
        { ...move, from: null, to: first.digest, movedBy: 'alice', isRestorable: true },
      ]);
    });

    it('pages, of one tag too, in one round trip', async () => {
      for (const tag of ['p', 'q', 'p', 'q', 'p']) await pushed('team/paged', tag);
      const read = async (query: string) => {
        const found: string[] = [];
        let cursor = '';
        do {
          const { body } = await api('alice')
            .get(path(`/activity?limit=2${query}${cursor}`, 'team/paged'))
            .expect(200);
          found.push(...body.items.map(({ tag }: Move) => tag));
          cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
        } while (cursor !== '');
        return found.join('');
      };
      expect(await read('')).toBe('pqpqp');
      expect(await read('&tag=p')).toBe('ppp');
      expect(await read('&tag=none')).toBe('');
      expect(await app.countSql(() => movesOf('?tag=q', 'team/paged'))).toHaveLength(1);
    });

    it('restores what a tag pointed to before a move, and that is a move too', async () => {
      const [first, second] = [await pushed('team/back', 'x'), await pushed('team/back', 'x')];
      const [latest] = await movesOf('', 'team/back');
      await api('writer')
        .post(path(`/activity/${latest!.id}/restore`, 'team/back'))
        .expect(200);
      expect(await client.pullManifest('team/back', 'x')).toEqual(first.bytes);
      expect((await movesOf('', 'team/back'))[0]).toMatchObject({ from: second.digest, to: first.digest });
      await api('writer')
        .post(path(`/activity/${latest!.id}/restore`, 'team/back'))
        .expect(200);
      expect(await movesOf('', 'team/back')).toHaveLength(3);
    });

    it.each([
      { who: 'reader', status: 403 },
      { who: 'stranger', status: 404 },
      { who: 'nobody', status: 404 },
    ])('answers $status to $who who would restore', async ({ who, status }) => {
      await pushed('team/kept', 'x');
      const [move] = await movesOf('', 'team/kept');
      await api(who)
        .post(path(`/activity/${move!.id}/restore`, 'team/kept'))
        .expect(status);
    });

    it('restores no move of another repository', async () => {
      await world.organization('other', { stranger: 'owner' });
      await world.repository('other/app');
      await pushed('team/foreign', 'x');
      const [move] = await movesOf('', 'team/foreign');
      await api('stranger')
        .post(path(`/activity/${move!.id}/restore`, 'other/app'))
        .expect(404);
    });

    it.each(['?tag=-', '?cursor=!', '?limit=0', '?x=1'])('refuses %s', async (query) => {
      await api('alice')
        .get(path(`/activity${query}`))
        .expect(400);
    });
  });

  it('is in the audit log, done and refused', async () => {
    await pushed('team/audited', 'x');
    const { body } = await api('maintainer').delete(path('/tags/x', 'team/audited')).expect(200);
    await api('reader').delete(path('/tags/x', 'team/audited')).expect(403);
    await api('writer')
      .post(path(`/activity/${body.undo.historyId}/restore`, 'team/audited'))
      .expect(200);
    const entries = await world.sql(
      `SELECT actor, action, result FROM audit_log WHERE object = 'repository:team/audited' AND action LIKE 'tag.%' ORDER BY id`,
    );
    expect(entries).toEqual([
      { actor: 'maintainer', action: 'tag.delete', result: 'done' },
      { actor: 'reader', action: 'tag.delete', result: 'refused' },
      { actor: 'writer', action: 'tag.restore', result: 'done' },
    ]);
  });
});
