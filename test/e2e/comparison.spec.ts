import { describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import {
  type Content,
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
import { api, app, client, setUp, world } from './browse-manifests-api.js';

interface Compared {
  a: Record<string, unknown>;
  b: Record<string, unknown>;
  platforms: string[];
  layers: Record<
    'shared' | 'onlyA' | 'onlyB',
    { digest: string; createdBy: string | null; isBase: boolean }[]
  >;
  bytesToPull: number;
  config: object[];
  env: object[];
  labels: object[];
  annotations: object[];
}

/** An image of these layers with this config. */
function imageOf(
  layers: (Content & { diffId: string })[],
  config: object,
  { architecture = 'amd64', annotations = {} } = {},
): TestManifest {
  const blob = content(
    JSON.stringify({
      os: 'linux',
      architecture,
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      history: layers.map((_, number) => ({ created_by: `step ${number}` })),
    }),
    mediaTypes.ociConfig,
  );
  const body = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: descriptorOf(blob),
    layers: layers.map((layer) => descriptorOf(layer)),
    annotations,
  };
  return { ...manifestOf(body, { blobs: [blob, ...layers] }), platform: { os: 'linux', architecture } };
}

describe('two manifests of a repository compared', () => {
  setUp();

  const pathOf = (name: string, a: string, b: string, more = '') =>
    `/repositories/${encodeURIComponent(name)}/compare?a=${a}&b=${b}${more}`;
  const compare = async (name: string, a: string, b: string, more = ''): Promise<Compared> =>
    (await api.get(pathOf(name, a, b, more)).expect(200)).body;

  it('tells layers, bytes to pull, and what differs in config, variables, labels and annotations', async () => {
    const [base, gone, come] = [randomLayer(500), randomLayer(60), randomLayer(70)];
    await client.push('alice/base', imageOf([base], {}), '1');
    const before = imageOf(
      [base, gone],
      { Cmd: ['serve'], Env: ['PATH=/bin', 'MODE=slow'], Labels: { team: 'one', same: 'x' } },
      { annotations: { note: 'old' } },
    );
    const after = imageOf([base, come], {
      Cmd: ['serve', '--fast'],
      User: 'app',
      Env: ['PATH=/bin', 'MODE=fast'],
      Labels: { same: 'x', owner: 'two' },
    });
    await client.push('alice/app', before, '1.0');
    await client.push('alice/app', after, '2.0');

    const compared = await compare('alice/app', '1.0', '2.0');
    const layer = (of: Content, step: number, isBase: boolean) =>
      expect.objectContaining({ digest: of.digest, createdBy: `step ${step}`, isBase });
    expect(compared).toEqual({
      a: {
        tag: '1.0',
        digest: before.digest,
        kind: 'image',
        artifactKind: 'image',
        platform: 'linux/amd64',
        imageDigest: before.digest,
        sizeBytes: before.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
        hasConfig: true,
        pushedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
      b: expect.objectContaining({ tag: '2.0', digest: after.digest }),
      platforms: [],
      layers: {
        shared: [layer(base, 0, true)],
        onlyA: [layer(gone, 1, false)],
        onlyB: [layer(come, 1, false)],
      },
      bytesToPull: after.blobs[0]!.bytes.length + come.bytes.length,
      config: [
        { key: 'cmd', a: '["serve"]', b: '["serve","--fast"]' },
        { key: 'user', a: null, b: 'app' },
      ],
      env: [{ key: 'MODE', a: 'slow', b: 'fast' }],
      labels: [
        { key: 'team', a: 'one', b: null },
        { key: 'owner', a: null, b: 'two' },
      ],
      annotations: [{ key: 'note', a: 'old', b: null }],
    });
    const byDigest = await compare('alice/app', before.digest, after.digest);
    expect(byDigest).toEqual({
      ...compared,
      a: { ...compared.a, tag: null },
      b: { ...compared.b, tag: null },
    });
    const nothing = await compare('alice/app', '2.0', after.digest);
    expect(nothing).toMatchObject({ bytesToPull: 0, config: [], env: [], labels: [], annotations: [] });
    expect(nothing.layers).toMatchObject({ shared: [{}, {}], onlyA: [], onlyB: [] });
  });

  it('compares the images of one platform of indexes, and passes over attestations', async () => {
    const [amd, arm] = ['amd64', 'arm64'].map((architecture) =>
      imageOf([randomLayer()], { Cmd: [architecture] }, { architecture }),
    ) as [TestManifest, TestManifest];
    const attestation = randomArtifact({ artifactType: 'application/vnd.in-toto+json' });
    const s390 = imageOf([randomLayer()], {}, { architecture: 's390x' });
    const wrong = { ...attestation, platform: { os: 'linux', architecture: 's390x' } };
    await client.push('alice/many', indexOf([arm, amd, wrong]), 'one');
    await client.push(
      'alice/many',
      indexOf([s390, { ...arm, platform: { ...arm.platform!, variant: 'v8' } }]),
      'two',
    );

    const usual = await compare('alice/many', 'one', 'two');
    expect(usual.platforms).toEqual(['linux/arm64']);
    expect(usual).toMatchObject({
      a: { tag: 'one', kind: 'index', platform: 'linux/arm64', imageDigest: arm.digest },
      b: { tag: 'two', kind: 'index', platform: 'linux/arm64/v8', imageDigest: arm.digest },
      bytesToPull: 0,
    });
    const withImage = await compare('alice/many', amd.digest, 'one');
    expect(withImage).toMatchObject({
      platforms: ['linux/arm64', 'linux/amd64'],
      a: { kind: 'image', imageDigest: amd.digest },
      b: { platform: 'linux/amd64', imageDigest: amd.digest },
    });
    const chosen = await compare('alice/many', amd.digest, 'one', '&platform=linux/arm64');
    expect(chosen.b).toMatchObject({ platform: 'linux/arm64', imageDigest: arm.digest });
    expect(chosen.config).toEqual([
      { key: 'cmd', a: '["amd64"]', b: '["arm64"]' },
      { key: 'architecture', a: 'amd64', b: 'arm64' },
    ]);
    const apart = await compare('alice/many', 'two', 'one', '&platform=linux/arm64');
    expect(apart.a).toMatchObject({ imageDigest: arm.digest });
    const { body } = await api.get(pathOf('alice/many', 'one', 'two', '&platform=linux/s390x')).expect(404);
    expect(body.detail).toBe(
      '"one" of alice/many has no image for "linux/s390x"; its platforms: linux/arm64, linux/amd64.',
    );
  });

  it('compares what has no config that one could read, and unlike kinds', async () => {
    const [image, chart] = [
      randomImage(),
      randomArtifact({ artifactType: 'application/vnd.cncf.helm.config.v1+json', annotations: { v: '1' } }),
    ];
    await client.push('alice/mixed', image, 'image');
    await client.push('alice/mixed', chart, 'chart');
    await client.push('alice/mixed', indexOf([chart]), 'charts');
    expect(await compare('alice/mixed', 'image', 'chart')).toMatchObject({
      a: { hasConfig: true, platform: 'linux/amd64' },
      b: { hasConfig: false, kind: 'artifact', artifactKind: 'chart', platform: null },
      bytesToPull: chart.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
      config: [],
      env: [],
      labels: [],
      annotations: [{ key: 'v', a: null, b: '1' }],
    });
    expect(await compare('alice/mixed', 'charts', 'image')).toMatchObject({
      a: { kind: 'index', platform: null, hasConfig: false, imageDigest: indexOf([chart]).digest },
      layers: { shared: [], onlyA: [], onlyB: [{}] },
      platforms: [],
    });
  });

  it('answers 404 for what is not there and 400 for what cannot be a reference', async () => {
    await client.push('alice/few', randomImage(), '1');
    const absent = await api.get(pathOf('alice/few', '1', 'none')).expect(404);
    expect(absent.body.detail).toBe('alice/few has no "none" (any more).');
    await api.get(pathOf('alice/few', `sha256:${'0'.repeat(64)}`, '1')).expect(404);
    const { body } = await api.get(pathOf('alice/few', '-x', '1')).expect(400);
    expect(JSON.stringify(body)).toContain('must be a tag or a digest');
    await api.get('/repositories/alice%2Ffew/compare?a=1').expect(400);
    await api.get(pathOf('alice/few', '1', 'sha256:1')).expect(400);
    await api.get(pathOf('alice/few', '1', '1', '&x=1')).expect(400);
  });

  it('is one round trip, and a second one where an index tells of which images', async () => {
    await client.push('alice/counted', randomImage(), '1');
    await client.push('alice/counted', randomImage(), '2');
    await client.push('alice/counted', indexOf([randomImage()]), 'many');
    expect(await app.countSql(() => compare('alice/counted', '1', '2'))).toHaveLength(1);
    expect(await app.countSql(() => compare('alice/counted', '1', 'many'))).toHaveLength(2);
  });

  it('knows no base image that the viewer may not read, and nothing of a private repository', async () => {
    const [base, own] = [randomLayer(), randomLayer()];
    await client.push('alice/hidden-base', imageOf([base], {}), '1');
    await client.push('alice/open', imageOf([base, own], {}), '1');
    await world.sql(`UPDATE repositories SET visibility = 'public' WHERE name = 'alice/open'`);
    const bases = async (as = api) => {
      const { body } = await as.get(pathOf('alice/open', '1', '1')).expect(200);
      return body.layers.shared.map(({ isBase }: { isBase: boolean }) => isBase);
    };
    expect(await bases()).toEqual([true, false]);
    expect(await bases(apiOf(app))).toEqual([false, false]);
    const hidden = await apiOf(app)
      .get(pathOf('alice/hidden-base', '1', '1'))
      .expect(404);
    const absent = await apiOf(app)
      .get(pathOf('alice/no-such', '1', '1'))
      .expect(404);
    expect(hidden.body).toEqual(absent.body);
  });
});
