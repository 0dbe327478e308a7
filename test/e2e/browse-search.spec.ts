import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

interface Found {
  items: { name: string }[];
  nextCursor?: string;
  total: number | '1000+';
  facets: Record<string, { value: string; count: number | '1000+' }[]>;
  jump: object | null;
}

describe('search over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;
  let nobody: Api;
  let alice: Api;
  let stranger: Api;
  let image: TestManifest;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'stranger']) await world.user(name);
    nobody = apiOf(app);
    alice = apiOf(app, await world.accessToken('alice'));
    stranger = apiOf(app, await world.accessToken('stranger'));
    client = new RegistryClient({
      url: app.url,
      credentials: await world.accessToken('alice'),
      scheme: 'basic',
    });
    await make('alice/nginx', {
      description: 'Serves pages',
      readme: '# Fast\n\nA *reverse proxy* written in Käse.',
    });
    await make('alice/nginx-old', {});
    await make('alice/postgres', { description: 'A database, the elephant' });
    await make('alice/mysql', { description: 'Another database' });
    await make('alice/secret-nginx', { visibility: 'private', description: 'hidden elephants' });
    image = randomImage({
      architecture: 'arm64',
      variant: 'v8',
      labels: { 'com.example.team': 'payments', 'org.opencontainers.image.title': 'Web server' },
    });
    await client.push('alice/nginx', indexOf([randomImage(), image]), 'latest');
    await client.push('alice/nginx', randomImage(), '1.27.3');
    await client.push('alice/postgres', randomImage({ architecture: 's390x' }), '17-alpine');
    await client.push(
      'alice/mysql',
      randomArtifact({ artifactType: 'application/vnd.cncf.helm.config.v1+json' }),
      '9',
    );
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function make(name: string, more: { visibility?: string; description?: string; readme?: string }) {
    const { readme = '', visibility = 'public', description = '' } = more;
    await alice.post('/repositories', { name, visibility, description }).expect(201);
    await alice.patch(`/repositories/${encodeURIComponent(name)}`, { readme }).expect(200);
  }

  const search = async (query: string, as = nobody): Promise<Found> =>
    (await as.get(`/search?${query}`).expect(200)).body;
  const namesOf = ({ items }: Found) => items.map(({ name }) => name.replace('alice/', ''));

  it.each([
    { q: 'nginx', names: ['nginx', 'nginx-old'], of: 'the last component, then beginnings' },
    { q: 'alice/nginx', names: ['nginx', 'nginx-old'], of: 'the whole name' },
    { q: 'ngin', names: ['nginx-old', 'nginx'], of: 'a beginning, the newer first' },
    { q: 'NGINX Pages', names: ['nginx'], of: 'name and description' },
    { q: 'database', names: ['mysql', 'postgres'], of: 'the description' },
    { q: 'reverse', names: ['nginx'], of: 'the README' },
    { q: 'kase', names: ['nginx'], of: 'a word with an accent' },
    { q: 'payments', names: ['nginx'], of: 'a label of the latest image' },
    { q: 'sql', names: ['mysql'], of: 'the middle of a name' },
    { q: '17-alp', names: ['postgres'], of: 'a tag' },
    { q: 'postgres 17', names: ['postgres'], of: 'a name and the beginning of a tag' },
    { q: 'nginx database', names: [], of: 'words that are in no one repository together' },
    { q: 'elephants', names: ['postgres'], of: 'a word that is nearly in a description' },
    { q: '-- \' " \\ % _ & | ! :* <->', names: [], of: 'signs' },
    { q: 'zzzzz', names: [], of: 'nothing' },
  ])('finds $names by $of ($q)', async ({ q, names }) => {
    expect(namesOf(await search(`q=${encodeURIComponent(q)}`))).toEqual(names);
  });

  it.each(['ngnix', 'ngimx', 'nginz', 'postgers', 'mysqll', 'posgtres'])('forgives %s', async (q) => {
    const [first] = namesOf(await search(`q=${q}`));
    expect(first?.slice(0, 4)).toBe(q.startsWith('ng') ? 'ngin' : q.startsWith('my') ? 'mysq' : 'post');
  });

  it('counts what can narrow it', async () => {
    const { total, facets } = await search('q=alice');
    expect(total).toBe(4);
    expect(facets).toEqual({
      platforms: [
        { value: 'linux/amd64', count: 1 },
        { value: 'linux/arm64/v8', count: 1 },
        { value: 'linux/s390x', count: 1 },
      ],
      types: [
        { value: 'image', count: 2 },
        { value: 'chart', count: 1 },
      ],
      visibilities: [{ value: 'public', count: 4 }],
      namespaces: [{ value: 'alice', count: 4 }],
    });
  });

  it.each([
    { query: 'platform=linux/s390x', names: ['postgres'] },
    { query: 'platform=linux/arm64', names: ['nginx'] },
    { query: 'platform=linux/arm64&q=postgres', names: [] },
    { query: 'type=chart', names: ['mysql'] },
    { query: 'artifactType=chart', names: ['mysql'] },
    { query: 'visibility=private', names: [] },
    { query: 'namespace=alice&type=image', names: ['postgres', 'nginx'] },
    { query: 'namespace=nobody', names: [] },
  ])('narrows by $query', async ({ query, names }) => {
    const found = await search(`${query}&sort=updated`);
    expect(namesOf(found)).toEqual(names);
    expect(found.total).toBe(names.length);
  });

  it('sorts by time, name and pulls', async () => {
    await world.sql(
      `UPDATE repository_summaries SET pull_count = 7 WHERE repository_id = (SELECT id FROM repositories WHERE name = 'alice/mysql')`,
    );
    expect(namesOf(await search('q=&sort=name'))).toEqual(['mysql', 'nginx', 'nginx-old', 'postgres']);
    expect(namesOf(await search('q=&sort=updated'))).toEqual(['mysql', 'postgres', 'nginx', 'nginx-old']);
    expect(namesOf(await search('q=alice&sort=pulls'))[0]).toBe('mysql');
  });

  it.each(['relevance', 'updated', 'name', 'pulls'])(
    'pages by %s without gap or repetition',
    async (sort) => {
      for (const q of ['', 'alice']) {
        const names: string[] = [];
        let cursor = '';
        do {
          const page = await search(`q=${q}&sort=${sort}&limit=1${cursor}`, alice);
          names.push(...namesOf(page));
          cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
        } while (cursor !== '');
        expect(names).toEqual(namesOf(await search(`q=${q}&sort=${sort}`, alice)));
        expect([...names].sort()).toEqual(['mysql', 'nginx', 'nginx-old', 'postgres', 'secret-nginx']);
      }
    },
  );

  it('jumps to a tag or a digest that is named', async () => {
    expect((await search('q=alice/nginx:1.27.3')).jump).toEqual({ repository: 'alice/nginx', tag: '1.27.3' });
    expect((await search('q=alice/nginx:1.27')).jump).toBeNull();
    expect((await search(`q=${image.digest}`)).jump).toEqual({
      repository: 'alice/nginx',
      digest: image.digest,
    });
    expect((await search(`q=sha256:${'0'.repeat(64)}`)).jump).toBeNull();
    expect((await search('q=nginx')).jump).toBeNull();
  });

  describe('suggestions', () => {
    const suggest = async (q: string, as = nobody) =>
      (await as.get(`/search/suggestions?q=${encodeURIComponent(q)}`).expect(200)).body.items;

    it('name repositories, tags and digests', async () => {
      expect(await suggest('ngi')).toEqual([
        { kind: 'repository', name: 'alice/nginx-old' },
        { kind: 'repository', name: 'alice/nginx' },
      ]);
      expect(await suggest('alice/nginx:')).toEqual([
        { kind: 'tag', name: 'alice/nginx', tag: 'latest' },
        { kind: 'tag', name: 'alice/nginx', tag: '1.27.3' },
      ]);
      expect(await suggest('alice/nginx:1')).toEqual([{ kind: 'tag', name: 'alice/nginx', tag: '1.27.3' }]);
      expect(await suggest(image.digest.slice(0, 20))).toEqual([
        { kind: 'digest', name: 'alice/nginx', digest: image.digest },
      ]);
      expect(await suggest('  ')).toEqual([]);
    });

    it('are one round trip', async () => {
      await suggest('x', alice);
      expect(await app.countSql(() => suggest('ngi', alice))).toHaveLength(1);
      expect(await app.countSql(() => suggest('alice/nginx:', alice))).toHaveLength(1);
    });
  });

  it('is one round trip', async () => {
    await search('', alice);
    for (const query of ['q=', 'q=nginx', 'q=nginx&platform=linux/arm64&sort=pulls', 'sort=updated']) {
      expect(await app.countSql(() => search(query, alice))).toHaveLength(1);
    }
  });

  describe('what one may not read', () => {
    it('is found by those who may', async () => {
      expect(namesOf(await search('q=secret', alice))).toEqual(['secret-nginx']);
      expect((await search('q=elephants', alice)).total).toBe(2);
      expect((await search('visibility=private', alice)).total).toBe(1);
    });

    it('changes nothing for anybody else: results, counts, facets, jumps, suggestions', async () => {
      const hidden = randomImage({ labels: { 'com.example.team': 'submarines' } });
      const questions = [
        '/search?q=',
        '/search?q=nginx',
        '/search?q=submarines',
        '/search?q=sekret',
        '/search?q=v9.9',
        `/search?q=${hidden.digest}`,
        '/search?q=alice/secret-nginx:v9.9',
        '/search?visibility=private',
        '/search?namespace=alice&sort=updated',
        '/search?platform=plan9/mips',
        '/search/suggestions?q=sec',
        '/search/suggestions?q=alice/secret-nginx:',
        `/search/suggestions?q=${hidden.digest.slice(0, 20)}`,
      ];
      const ask = async () => {
        const answers: unknown[] = [];
        for (const who of [nobody, stranger]) {
          for (const question of questions) {
            const { status, body } = await who.get(question);
            answers.push({ question, status, body });
          }
        }
        return answers;
      };
      const before = await ask();
      await client.push('alice/secret-nginx', hidden, 'v9.9');
      await client.push('alice/hidden-nginx', randomImage({ os: 'plan9', architecture: 'mips' }), 'v9.9');
      expect(await ask()).toEqual(before);
      expect((await search('q=submarines', alice)).total).toBe(1);
    });
  });

  it.each([
    'limit=0',
    'sort=password',
    'type=index',
    'type=x',
    'visibility=internal',
    'cursor=!',
    `cursor=${Buffer.from('["a","b","c"]').toString('base64url')}`,
    `sort=name&cursor=${Buffer.from('["\\u0000"]').toString('base64url')}`,
    `q=${'x'.repeat(501)}`,
    'q=a%00b',
    'x=1',
    'q=a&q=b',
  ])('refuses %s', async (query) => {
    await nobody.get(`/search?${query}`).expect(400);
  });
});
