import { describe, expect, it } from 'vitest';
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
import { api, client, detailOf, setUp } from './browse-manifests-api.js';

describe('manifests over /api/v1', () => {
  setUp();

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
      immutableBy: null,
      expiresAt: null,
      tags: ['1.0', 'stable'],
      sizeBytes: config.bytes.length + layers[0]!.bytes.length + layers[1]!.bytes.length,
      pushedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      pushedBy: 'alice',
      annotations: { 'org.example.note': 'yes' },
      subject: null,
      indexes: [],
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
});
