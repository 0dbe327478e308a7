import { describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import {
  content,
  descriptorOf,
  indexOf,
  manifestOf,
  mediaTypes,
  randomArtifact,
  randomImage,
  randomLayer,
} from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { api, app, client, detailOf, pathOf, setUp, subjectOf, world } from './browse-manifests-api.js';

describe('manifests over /api/v1', () => {
  setUp();

  it('lists referrers as what they are, by subject and by cosign’s tags', async () => {
    const image = randomImage();
    await client.push('alice/signed', image, '1.0');
    const types = {
      signature: 'application/vnd.dev.cosign.artifact.sig.v1+json',
      sbom: 'application/spdx+json',
      attestation: 'application/vnd.in-toto+json',
      other: 'application/vnd.example.notes',
    };
    for (const artifactType of Object.values(types)) {
      const annotations = { type: artifactType };
      await client.push(
        'alice/signed',
        randomArtifact({ subject: subjectOf(image), artifactType, annotations }),
      );
    }
    const tagged = randomArtifact({ artifactType: 'application/vnd.cncf.notary.signature' });
    await client.push('alice/signed', tagged, `${image.digest.replace(':', '-')}.sig`);
    const { referrers } = await detailOf('alice/signed', '1.0');
    const kindByType = Object.fromEntries(
      referrers.map(({ artifactType, kind }: Record<string, string>) => [artifactType, kind]),
    );
    expect(kindByType).toEqual({
      ...Object.fromEntries(Object.entries(types).map(([kind, type]) => [type, kind])),
      'application/vnd.cncf.notary.signature': 'signature',
    });
    expect(referrers[0]).toEqual({
      digest: expect.stringMatching(/^sha256:/),
      artifactType: expect.any(String),
      kind: expect.any(String),
      sizeBytes: 66,
      annotations: expect.any(Object),
      pushedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    const summary = (await api.get('/repositories/alice%2Fsigned').expect(200)).body;
    expect(summary).toMatchObject({ tagCount: 1, latestTag: '1.0' });
    expect([...summary.artifactKinds].sort()).toEqual([
      'artifact',
      'attestation',
      'image',
      'sbom',
      'signature',
    ]);
  });

  describe('based on and used by', () => {
    const [debian, runtime, app1, app2] = [randomLayer(), randomLayer(), randomLayer(), randomLayer()];
    const bobs = () =>
      new RegistryClient({ url: app.url, credentials: { username: 'bob', password: 'password of bob' } });

    it('finds the longest beginning, and what is built on it, tagged by an index too', async () => {
      await client.push('alice/debian', randomImage({ layers: [debian] }), '12');
      const base = randomImage({ layers: [debian, runtime] });
      await client.push('alice/runtime', indexOf([base]), '3');
      const built = randomImage({ layers: [debian, runtime, app1] });
      await client.push('alice/built', built, '1');
      await client.push('alice/other', randomImage({ layers: [runtime, debian, app2] }), '1');

      const detail = await detailOf('alice/built', '1');
      expect(detail.base).toEqual({
        repository: 'alice/runtime',
        tag: '3',
        digest: base.digest,
        layerCount: 2,
      });
      expect(detail.layers.map(({ isBase }: { isBase: boolean }) => isBase)).toEqual([true, true, false]);
      const used = [{ repository: 'alice/built', tag: '1', digest: built.digest }];
      expect((await detailOf('alice/runtime', base.digest)).usedBy).toEqual(used);
      expect((await detailOf('alice/runtime', '3')).usedBy).toEqual(used);
      expect((await detailOf('alice/debian', '12')).usedBy).toEqual([
        ...used,
        { repository: 'alice/runtime', tag: '3', digest: base.digest },
      ]);
    });

    it('knows nothing of what the viewer may not read', async () => {
      await world.sql(`UPDATE repositories SET visibility = 'public' WHERE name = 'alice/debian'`);
      await bobs().push('bob/mine', randomImage({ layers: [debian, runtime, app2] }), '1');
      const bob = apiOf(app, { username: 'bob', password: 'password of bob' });
      const detail = await detailOf('bob/mine', '1', bob);
      expect(detail.base).toMatchObject({ repository: 'alice/debian', layerCount: 1 });
      expect((await detailOf('alice/debian', '12', bob)).usedBy).toMatchObject([{ repository: 'bob/mine' }]);
      expect((await detailOf('alice/debian', '12', apiOf(app))).usedBy).toEqual([]);
      expect((await detailOf('alice/debian', '12')).usedBy).toHaveLength(2);
    });
  });

  it('names the files of an artifact', async () => {
    const config = content('{}', mediaTypes.ociEmpty);
    const file = content('wasm', 'application/wasm');
    const artifact = manifestOf(
      {
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        artifactType: 'application/vnd.wasm.module',
        config: descriptorOf(config),
        layers: [descriptorOf(file, { annotations: { 'org.opencontainers.image.title': 'app.wasm' } })],
      },
      { blobs: [config, file] },
    );
    await client.push('alice/module', artifact, '1');
    expect(await detailOf('alice/module', '1')).toMatchObject({
      kind: 'artifact',
      artifactKind: 'wasm',
      artifactType: 'application/vnd.wasm.module',
      config: null,
      layers: [{ title: 'app.wasm', createdBy: null }],
    });
  });

  describe('a config that cannot be shown', () => {
    it.each([
      { case: 'no JSON', bytes: 'not JSON' },
      { case: 'a list', bytes: '[]' },
      { case: 'more than a MiB', bytes: JSON.stringify({ os: 'linux', author: 'x'.repeat(1024 * 1024) }) },
    ])('$case: the push succeeds, and the page has none', async ({ bytes }) => {
      const config = content(bytes, mediaTypes.ociConfig);
      const image = manifestOf(
        { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config: descriptorOf(config), layers: [] },
        { blobs: [config] },
      );
      await client.push('alice/odd', image, 'odd');
      expect(await detailOf('alice/odd', 'odd')).toMatchObject({ kind: 'image', config: null, layers: [] });
    });

    it('keeps text that a database cannot hold out of it', async () => {
      const config = content(
        '{"os":"a\\u0000b","architecture":"c","author":"\\ud800"}',
        mediaTypes.ociConfig,
      );
      const image = manifestOf(
        { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config: descriptorOf(config), layers: [] },
        { blobs: [config] },
      );
      await client.push('alice/odd', image, 'nul');
      expect((await detailOf('alice/odd', 'nul')).config).toMatchObject({
        os: 'a\u{FFFD}b',
        author: '\u{FFFD}',
      });
    });
  });

  it('is one round trip, and answers 404 for what is not there', async () => {
    const image = randomImage();
    await client.push('alice/counted', image, '1');
    expect(await app.countSql(() => detailOf('alice/counted', '1'))).toHaveLength(1);
    for (const reference of ['none', `sha256:${'0'.repeat(64)}`]) {
      await api.get(pathOf('alice/counted', reference)).expect(404);
    }
    await api.get(pathOf('alice/counted', 'sha256:1')).expect(400);
    await api.get(pathOf('alice/counted', '-x')).expect(400);
  });
});
