import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  content,
  descriptorOf,
  indexOf,
  manifestOf,
  mediaTypes,
  randomArtifact,
  randomImage,
  randomLayer,
  type TestManifest,
} from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('manifests over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let api: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    alice = await world.accessToken('alice');
    api = apiOf(app, alice);
    client = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const pathOf = (name: string, reference: string) =>
    `/repositories/${encodeURIComponent(name)}/${reference.includes(':') ? 'manifests' : 'tags'}/${reference}`;
  const detailOf = async (name: string, reference: string, as: Api = api) =>
    (await as.get(pathOf(name, reference)).expect(200)).body;
  const subjectOf = (manifest: TestManifest) => descriptorOf(manifest);

  it('shows an image: its layers with the commands that made them, and its config', async () => {
    const layers = [randomLayer(10), randomLayer(2000)];
    const config = content(
      JSON.stringify({
        os: 'linux',
        architecture: 'arm64',
        variant: 'v8',
        author: 'Ann',
        created: '2026-01-02T03:04:05Z',
        config: {
          Entrypoint: ['/app'],
          Cmd: ['--help'],
          Env: ['A=1'],
          ExposedPorts: { '80/tcp': {} },
          Volumes: { '/data': {} },
          User: 'app',
          WorkingDir: '/srv',
          Labels: { team: 'payments' },
          StopSignal: 'SIGINT',
        },
        rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
        history: [
          { created_by: 'ADD rootfs /' },
          { created_by: 'ENV A=1', empty_layer: true },
          { created_by: 'COPY . .' },
        ],
      }),
      mediaTypes.ociConfig,
    );
    const image = manifestOf(
      {
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        config: descriptorOf(config),
        layers: layers.map((layer) => descriptorOf(layer)),
        annotations: { 'org.example.note': 'yes' },
      },
      { blobs: [config, ...layers] },
    );
    await client.push('alice/image', image, '1.0');
    await client.putManifest('alice/image', image, 'stable');
    const expected = {
      digest: image.digest,
      mediaType: mediaTypes.ociManifest,
      artifactType: null,
      kind: 'image',
      artifactKind: 'image',
      tags: ['1.0', 'stable'],
      sizeBytes: config.bytes.length + layers[0]!.bytes.length + layers[1]!.bytes.length,
      pushedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      pushedBy: 'alice',
      annotations: { 'org.example.note': 'yes' },
      subject: null,
      platforms: [],
      layers: ['ADD rootfs /', 'COPY . .'].map((createdBy, index) => ({
        digest: layers[index]!.digest,
        sizeBytes: layers[index]!.bytes.length,
        mediaType: mediaTypes.ociLayer,
        title: null,
        createdBy,
        isEmpty: false,
        isBase: false,
      })),
      config: {
        os: 'linux',
        architecture: 'arm64',
        variant: 'v8',
        created: '2026-01-02T03:04:05Z',
        author: 'Ann',
        entrypoint: ['/app'],
        cmd: ['--help'],
        env: ['A=1'],
        exposedPorts: ['80/tcp'],
        volumes: ['/data'],
        user: 'app',
        workingDir: '/srv',
        labels: { team: 'payments' },
        stopSignal: 'SIGINT',
      },
      base: null,
      referrers: [],
      usedBy: [],
      raw: image.bytes.toString(),
    };
    expect(await detailOf('alice/image', '1.0')).toEqual(expected);
    expect(await detailOf('alice/image', image.digest)).toEqual(expected);
  });

  it('shows an index: what it lists for which platform, and no attestations among them', async () => {
    const children = [
      randomImage({ architecture: 'amd64' }),
      randomImage({ architecture: 'arm', variant: 'v7' }),
    ];
    const attestation = { ...randomArtifact({ artifactType: 'application/vnd.in-toto+json' }) };
    const index = indexOf([
      ...children,
      { ...attestation, platform: { os: 'unknown', architecture: 'unknown' } },
    ]);
    await client.push('alice/index', index, '1.0');
    const detail = await detailOf('alice/index', '1.0');
    expect(detail).toMatchObject({ kind: 'index', layers: [], config: null, base: null });
    expect(detail.platforms).toEqual([
      {
        digest: children[0]!.digest,
        platform: { os: 'linux', architecture: 'amd64', label: 'linux/amd64' },
        sizeBytes: children[0]!.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
      },
      {
        digest: children[1]!.digest,
        platform: { os: 'linux', architecture: 'arm', variant: 'v7', label: 'linux/arm/v7' },
        sizeBytes: children[1]!.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
      },
    ]);
    expect(detail.referrers).toMatchObject([{ digest: attestation.digest, kind: 'attestation' }]);
  });

  it('shows the platforms of an index whose descriptors tell none', async () => {
    const child = randomImage({ architecture: 's390x' });
    await client.push('alice/quiet', indexOf([{ ...child, platform: undefined }]), '1.0');
    const { platforms } = await detailOf('alice/quiet', '1.0');
    expect(platforms).toMatchObject([{ digest: child.digest, platform: { label: 'linux/s390x' } }]);
    const { body } = await api.get('/repositories/alice%2Fquiet').expect(200);
    expect(body.platforms).toEqual(['linux/s390x']);
  });

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
