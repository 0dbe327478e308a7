import { parseImageConfig, parseManifest } from '@berth/oci';
import { describe, expect, it } from 'vitest';
import { traitsOf } from './manifest-traits.js';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const descriptor = (mediaType: string, digit: string, size: number, more = {}) => ({
  mediaType,
  digest: digest(digit),
  size,
  ...more,
});

function image(layers: string[], diffIds: string[], more: { labels?: object; annotations?: object } = {}) {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(CONFIG, 'c', 100),
    layers: layers.map((digit) => descriptor(LAYER, digit, 1000)),
    annotations: more.annotations,
  };
  const config = {
    os: 'linux',
    architecture: 'arm64',
    variant: 'v8',
    config: { Labels: more.labels },
    rootfs: { diff_ids: diffIds.map(digest) },
  };
  return traitsOf(
    parseManifest(Buffer.from(JSON.stringify(manifest)), undefined),
    parseImageConfig(Buffer.from(JSON.stringify(config))),
  );
}

describe('traitsOf', () => {
  it('says what an image is, runs on and weighs', () => {
    expect(image(['1', '2'], ['a', 'b'])).toMatchObject({
      artifactKind: 'image',
      ownBytes: 2100,
      platforms: ['linux/arm64/v8'],
    });
  });

  it('names the layers so that an image built on another has its chain among its own', () => {
    const base = image(['1', '2'], ['a', 'b']);
    const built = image(['1', '2', '3'], ['a', 'b', 'c']);
    const other = image(['2', '1'], ['b', 'a']);
    expect(base.chainId).toMatch(/^[0-9a-f]{32}$/);
    expect(built.baseChainIds).toContain(base.chainId);
    expect(built.baseChainIds).toHaveLength(2);
    expect(base.baseChainIds).not.toContain(base.chainId);
    expect(other.chainId).not.toBe(base.chainId);
  });

  it('names none when the config does not fit the layers', () => {
    expect(image(['1', '2'], ['a'])).toMatchObject({ chainId: undefined, baseChainIds: [] });
  });

  it('lists the platforms of an index, without those of attestations', () => {
    const platform = (os: string, architecture: string, variant?: string) => ({
      platform: { os, architecture, variant },
    });
    const index = {
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        descriptor(MANIFEST, '1', 10, platform('linux', 'amd64')),
        descriptor(MANIFEST, '2', 10, platform('linux', 'arm', 'v7')),
        descriptor(MANIFEST, '3', 10, platform('unknown', 'unknown')),
        descriptor(MANIFEST, '4', 10),
        descriptor(MANIFEST, '5', 10, platform('linux', 'amd64')),
      ],
    };
    expect(traitsOf(parseManifest(Buffer.from(JSON.stringify(index)), undefined), undefined)).toMatchObject({
      artifactKind: 'index',
      ownBytes: 0,
      platforms: ['linux/amd64', 'linux/arm/v7'],
      chainId: undefined,
    });
  });

  const DESCRIPTION = 'org.opencontainers.image.description';
  it.each([
    { labels: { [DESCRIPTION]: 'Of the label' }, annotations: {}, description: 'Of the label' },
    {
      labels: { [DESCRIPTION]: 'Of the label' },
      annotations: { [DESCRIPTION]: ' Of the\n\u001b[2J annotation ' },
      description: 'Of the [2J annotation',
    },
    { labels: {}, annotations: {}, description: '' },
    { labels: { [DESCRIPTION]: 'x'.repeat(2000) }, annotations: {}, description: 'x'.repeat(1000) },
  ])('takes the description $description', ({ labels, annotations, description }) => {
    expect(image(['1'], ['a'], { labels, annotations }).description).toBe(description);
  });

  it('keeps the words that people search by, and none that change with each build', () => {
    const labels = {
      'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
      'org.opencontainers.image.revision': 'f00f00f00f00',
      'org.opencontainers.image.title': 'Web server',
      'org.opencontainers.image.source': 'https://example.org/team/web',
      'com.example.team': 'payments',
      'com.example.commit': '0123456789abcdef0123',
      'com.example.build': '20260102',
    };
    expect(image(['1'], ['a'], { labels }).searchText).toBe(
      'Web server com.example.team payments example.org/team/web',
    );
  });
});
