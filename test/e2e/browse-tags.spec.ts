import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

interface Listed {
  name: string | null;
  digest: string;
}

describe('tags over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let api: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    alice = await world.accessToken('alice');
    api = apiOf(app, alice);
    client = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const tagsOf = (name: string, query = '') =>
    api.get(`/repositories/${encodeURIComponent(name)}/tags${query}`).expect(200);

  async function allPages(name: string, query: string): Promise<(string | null)[]> {
    const found: Listed[] = [];
    let cursor = '';
    do {
      const { body } = await tagsOf(name, `?${query}${cursor}`);
      found.push(...body.items);
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    return found.map((tag) => tag.name);
  }

  /** Makes tags by the thousand as pushes would, of one manifest that is there. */
  async function addTags(repository: string, names: string[]): Promise<void> {
    await world.sql(
      `INSERT INTO tags (repository_id, name, manifest_id, updated_at, size_bytes)
       SELECT m.repository_id, tag, m.id, now() + ord * interval '1 second', ord
       FROM unnest($2::text[]) WITH ORDINALITY AS t(tag, ord),
         (SELECT m.* FROM manifests m JOIN repositories r ON r.id = m.repository_id WHERE r.name = $1 LIMIT 1) m`,
      [repository, names],
    );
  }

  describe('what a tag shows', () => {
    let index: TestManifest;

    beforeAll(async () => {
      index = indexOf([
        randomImage({ architecture: 'amd64' }),
        randomImage({ architecture: 'arm64', variant: 'v8' }),
        randomImage({ os: 'unknown', architecture: 'unknown' }),
      ]);
      await client.push('alice/shown', index, '1.0');
      await client.putManifest('alice/shown', index, 'stable');
    });

    it('is its digest, platforms, size, other tags, and who pushed it', async () => {
      const { body, headers } = await tagsOf('alice/shown', '?sort=name');
      const blobs = index.children.flatMap((child) => child.blobs);
      expect(headers['cache-control']).toBe('private, no-store');
      expect(body).toEqual({
        items: ['1.0', 'stable'].map((name) => ({
          name,
          digest: index.digest,
          mediaType: index.mediaType,
          kind: 'index',
          artifactKind: 'index',
          artifactType: null,
          platforms: ['linux/amd64', 'linux/arm64/v8'],
          sizeBytes: blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
          aliases: [name === '1.0' ? 'stable' : '1.0'],
          pushedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          pushedBy: 'alice',
          lastPulledAt: null,
          pullCount: 0,
          isSigned: false,
          isNeededByIndex: false,
          isImmutable: false,
          immutableBy: null,
          expiresAt: null,
          uniqueBytes: null,
        })),
      });
    });

    it('tells images, indexes and artifacts apart', async () => {
      const image = randomImage({ format: 'docker' });
      const artifact = randomArtifact();
      await client.push('alice/kinds', image, 'image');
      await client.push('alice/kinds', artifact, 'artifact');
      const { body } = await tagsOf('alice/kinds', '?sort=name');
      expect(body.items).toMatchObject([
        { name: 'artifact', kind: 'artifact', artifactKind: 'sbom', artifactType: artifact.artifactType },
        { name: 'image', kind: 'image', artifactType: null, platforms: ['linux/amd64'] },
      ]);
    });
  });

  describe('order', () => {
    const versions = [
      'latest',
      '2.0.0',
      'v1.10.0',
      '1.9.1',
      '1.9.0',
      '1.9.0-rc.10',
      '1.9.0-rc.2',
      '1.9',
      '1.2',
    ];

    beforeAll(async () => {
      await client.push('alice/sorted', randomImage(), 'main');
      await addTags('alice/sorted', [...versions.toReversed(), 'nightly-9', 'nightly-10']);
    });

    it.each([
      { query: 'sort=semver', names: [...versions, 'nightly-10', 'nightly-9', 'main'] },
      {
        query: 'sort=semver&order=asc',
        names: ['main', 'nightly-9', 'nightly-10', ...versions.toReversed()],
      },
      { query: 'sort=name', names: [...versions, 'main', 'nightly-9', 'nightly-10'].toSorted() },
      {
        query: 'sort=name&order=desc',
        names: [...versions, 'main', 'nightly-9', 'nightly-10'].toSorted().toReversed(),
      },
      { query: 'sort=updated', names: ['nightly-10', 'nightly-9', ...versions, 'main'] },
      {
        query: 'sort=updated&order=asc',
        names: ['main', ...versions.toReversed(), 'nightly-9', 'nightly-10'],
      },
      { query: 'sort=size&order=asc', names: [...versions.toReversed(), 'nightly-9', 'nightly-10', 'main'] },
    ])('$query', async ({ query, names }) => {
      for (const limit of [100, 5, 1]) {
        expect(await allPages('alice/sorted', `${query}&limit=${limit}`)).toEqual(names);
      }
    });

    it('is by version without being asked', async () => {
      expect(await allPages('alice/sorted', '')).toEqual([...versions, 'nightly-10', 'nightly-9', 'main']);
    });

    it('has 1.10 after 1.9 among a thousand, one round trip a page', async () => {
      await client.push('alice/thousand', randomImage(), 'seed');
      const names = Array.from({ length: 1000 }, (_, number) => `1.${number}`);
      await addTags('alice/thousand', names);
      const listed: (string | null)[] = [];
      let cursor = '';
      do {
        let body: { items: Listed[]; nextCursor?: string } = { items: [] };
        const statements = await app.countSql(async () => {
          ({ body } = await tagsOf('alice/thousand', `?order=asc&limit=100${cursor}`));
        });
        expect(statements).toHaveLength(1);
        listed.push(...body.items.map(({ name }) => name));
        cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      expect(listed).toEqual(['seed', ...names]);
    });

    it('stays when a tag goes or comes between two pages', async () => {
      await client.push('alice/moving', randomImage(), '1.0');
      await addTags('alice/moving', ['1.1', '1.2', '1.3', '1.4']);
      const first = await tagsOf('alice/moving', '?order=asc&limit=2');
      await world.sql(`DELETE FROM tags WHERE name = '1.1'`);
      await addTags('alice/moving', ['0.9', '1.25']);
      const next = await tagsOf('alice/moving', `?order=asc&limit=10&cursor=${first.body.nextCursor}`);
      expect(next.body.items.map(({ name }: Listed) => name)).toEqual(['1.2', '1.3', '1.4', '1.25']);
    });
  });

  describe('filter and switches', () => {
    const subjectOf = (manifest: TestManifest) => ({
      mediaType: manifest.mediaType,
      digest: manifest.digest,
      size: manifest.bytes.length,
    });
    let image: TestManifest;
    let untagged: TestManifest;
    let signature: TestManifest;
    let signatureTag: string;

    beforeAll(async () => {
      image = randomImage();
      untagged = randomImage();
      signature = randomArtifact({
        subject: subjectOf(image),
        artifactType: 'application/vnd.example.signature',
      });
      signatureTag = `${image.digest.replace(':', '-')}.sig`;
      await client.push('alice/full', indexOf([image]), '1.0_a');
      await client.putManifest('alice/full', image, '1.0xa');
      await client.push('alice/full', untagged);
      await client.push('alice/full', signature);
      await client.push('alice/full', randomArtifact(), signatureTag);
    });

    it.each([
      { query: 'q=1.0', names: ['1.0_a', '1.0xa'] },
      { query: 'q=0_A', names: ['1.0_a'] },
      { query: 'q=%25', names: [] },
      { query: 'q=', names: ['1.0_a', '1.0xa'] },
    ])('finds $names by $query', async ({ query, names }) => {
      expect(await allPages('alice/full', `sort=name&${query}`)).toEqual(names);
    });

    it('shows what has no tag when asked, without children of an index', async () => {
      for (const sort of ['name', 'semver', 'updated', 'size']) {
        const { body } = await tagsOf('alice/full', `?sort=${sort}&untagged=true`);
        const found = body.items.filter(({ name }: Listed) => name === null);
        expect(found).toMatchObject([{ name: null, digest: untagged.digest, pullCount: 0, aliases: [] }]);
        expect(await allPages('alice/full', `sort=${sort}&untagged=true&limit=1`)).toHaveLength(3);
      }
    });

    it('tells which are signed: by a subject, by cosign’s tag, by nothing else', async () => {
      const [bySubject, byTag, described] = [randomImage(), randomImage(), randomImage()];
      for (const [name, of] of Object.entries({ bySubject, byTag, described })) {
        await client.push('alice/signed', of, name);
      }
      const artifactType = 'application/vnd.cncf.notary.signature';
      await client.push('alice/signed', randomArtifact({ subject: subjectOf(bySubject), artifactType }));
      await client.push('alice/signed', randomArtifact(), `${byTag.digest.replace(':', '-')}.sig`);
      await client.push('alice/signed', randomArtifact({ subject: subjectOf(described) }));
      const { body } = await tagsOf('alice/signed', '?sort=name');
      const signed = body.items.filter((tag: { isSigned: boolean }) => tag.isSigned);
      expect(signed.map(({ name }: Listed) => name)).toEqual(['bySubject', 'byTag']);
    });

    it('shows attached things when asked', async () => {
      expect(await allPages('alice/full', 'sort=name&referrers=true')).toEqual([
        '1.0_a',
        '1.0xa',
        signatureTag,
      ]);
      const { body } = await tagsOf('alice/full', '?untagged=true&referrers=true');
      const digests = body.items.map(({ digest }: Listed) => digest);
      expect(digests).toContain(signature.digest);
    });
  });

  it.each([
    '?sort=password',
    '?order=up',
    '?limit=0',
    '?cursor=!',
    '?untagged=1',
    '?x=1',
    `?q=${'x'.repeat(129)}`,
  ])('refuses %s', async (query) => {
    await api.get(`/repositories/alice%2Fsorted/tags${query}`).expect(400);
  });

  it.each([
    ['name', '["a","b"]'],
    ['updated', '["x","y"]'],
    ['size', '["-1","y"]'],
    ['semver', '["a\\u0000","y"]'],
    ['semver', '{}'],
  ])('refuses a cursor of sort=%s that it never gave', async (sort, key) => {
    const cursor = Buffer.from(key).toString('base64url');
    await api.get(`/repositories/alice%2Fsorted/tags?sort=${sort}&cursor=${cursor}`).expect(400);
  });
});
