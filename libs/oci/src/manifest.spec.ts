import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digest } from './digest.js';
import { InvalidManifest } from './invalid-manifest.js';
import { parseManifest } from './manifest.js';
import {
  DOCKER_IMAGE_CONFIG,
  DOCKER_LAYER_TAR_GZIP,
  DOCKER_MANIFEST,
  DOCKER_MANIFEST_LIST,
  DOCKER_SCHEMA1_MANIFEST,
  DOCKER_SCHEMA1_SIGNED_MANIFEST,
  OCI_EMPTY,
  OCI_IMAGE_CONFIG,
  OCI_IMAGE_INDEX,
  OCI_IMAGE_MANIFEST,
  OCI_LAYER_TAR_GZIP,
} from './media-type.js';

const descriptor = (mediaType: string, content = mediaType) => ({
  mediaType,
  digest: Digest.ofBytes(Buffer.from(content)).text,
  size: content.length,
});
const image = {
  schemaVersion: 2,
  mediaType: OCI_IMAGE_MANIFEST,
  config: descriptor(OCI_IMAGE_CONFIG),
  layers: [descriptor(OCI_LAYER_TAR_GZIP, 'a'), descriptor(OCI_LAYER_TAR_GZIP, 'b')],
};
const index = {
  schemaVersion: 2,
  mediaType: OCI_IMAGE_INDEX,
  manifests: [{ ...descriptor(OCI_IMAGE_MANIFEST), platform: { architecture: 'arm64', os: 'linux' } }],
};
const { mediaType: _ofImage, ...untypedImage } = image;
const { mediaType: _ofIndex, ...untypedIndex } = index;

const parse = (body: unknown, contentType?: string) =>
  parseManifest(Buffer.from(JSON.stringify(body)), contentType);

describe('parseManifest', () => {
  it('reads an image', () => {
    const parsed = parse(image, OCI_IMAGE_MANIFEST);
    expect(parsed).toMatchObject({
      mediaType: OCI_IMAGE_MANIFEST,
      kind: 'image',
      config: { mediaType: OCI_IMAGE_CONFIG, sizeBytes: OCI_IMAGE_CONFIG.length },
      manifests: [],
      artifactType: OCI_IMAGE_CONFIG,
      annotations: {},
    });
    expect(parsed.layers.map((layer) => layer.digest.text)).toEqual(
      image.layers.map((layer) => layer.digest),
    );
    expect(parsed.subject).toBeUndefined();
  });

  it('reads an index', () => {
    const parsed = parse({ ...index, annotations: { a: 'b' } }, `${OCI_IMAGE_INDEX}; charset=utf-8`);
    expect(parsed).toMatchObject({
      mediaType: OCI_IMAGE_INDEX,
      kind: 'index',
      layers: [],
      annotations: { a: 'b' },
    });
    expect(parsed.manifests[0]?.platform).toEqual({ architecture: 'arm64', os: 'linux' });
    expect(parsed.config).toBeUndefined();
    expect(parsed.artifactType).toBeUndefined();
  });

  it('reads Docker schema 2 and manifest lists', () => {
    const docker = {
      schemaVersion: 2,
      mediaType: DOCKER_MANIFEST,
      config: descriptor(DOCKER_IMAGE_CONFIG),
      layers: [descriptor(DOCKER_LAYER_TAR_GZIP)],
    };
    expect(parse(docker, DOCKER_MANIFEST)).toMatchObject({
      kind: 'image',
      artifactType: DOCKER_IMAGE_CONFIG,
    });
    const list = { ...index, mediaType: DOCKER_MANIFEST_LIST };
    expect(parse(list, DOCKER_MANIFEST_LIST)).toMatchObject({
      kind: 'index',
      mediaType: DOCKER_MANIFEST_LIST,
    });
  });

  it.each([
    ['its own', { ...image, artifactType: 'application/vnd.example' }, 'application/vnd.example'],
    ['the config type when empty', { ...image, artifactType: '' }, OCI_IMAGE_CONFIG],
    ['the config type when missing', { ...image, config: descriptor('application/x') }, 'application/x'],
    ['the empty type, leniently', { ...image, config: descriptor(OCI_EMPTY) }, OCI_EMPTY],
    ["an index's own", { ...index, artifactType: 'application/vnd.example' }, 'application/vnd.example'],
    ['none of an index', { ...index, artifactType: '' }, undefined],
  ])('takes as artifact type %s', (_what, body, artifactType) => {
    expect(parse(body).artifactType).toBe(artifactType);
  });

  it('reads the subject', () => {
    const subject = descriptor(OCI_IMAGE_MANIFEST, 'subject');
    expect(parse({ ...image, subject }).subject?.digest.text).toBe(subject.digest);
    expect(parse({ ...index, subject }).subject?.digest.text).toBe(subject.digest);
    expect(parse({ ...image, subject: null }).subject).toBeUndefined();
  });

  it.each([
    ['header', untypedImage, OCI_IMAGE_MANIFEST, 'image', OCI_IMAGE_MANIFEST],
    [
      'header in another case',
      untypedImage,
      'Application/vnd.OCI.image.manifest.v1+JSON',
      'image',
      OCI_IMAGE_MANIFEST,
    ],
    ['body', image, undefined, 'image', OCI_IMAGE_MANIFEST],
    ['body, the header being empty', index, '', 'index', OCI_IMAGE_INDEX],
    ['fields of an image', untypedImage, undefined, 'image', OCI_IMAGE_MANIFEST],
    ['fields of an index', untypedIndex, undefined, 'index', OCI_IMAGE_INDEX],
    [
      'fields, null counting as left out',
      { ...untypedImage, manifests: null },
      undefined,
      'image',
      OCI_IMAGE_MANIFEST,
    ],
    [
      'fields of a later type',
      { ...untypedImage, mediaType: 'application/vnd.oci.image.manifest.v2+json' },
      undefined,
      'image',
      'application/vnd.oci.image.manifest.v2+json',
    ],
    [
      'fields under a later type in the header',
      untypedIndex,
      'application/vnd.docker.distribution.manifest.list.v3+json',
      'index',
      'application/vnd.docker.distribution.manifest.list.v3+json',
    ],
  ])('takes the type from the %s', (_where, body, contentType, kind, mediaType) => {
    expect(parse(body, contentType)).toMatchObject({ kind, mediaType });
  });

  it('takes empty and absent lists', () => {
    expect(parse({ ...image, layers: [] }).layers).toEqual([]);
    expect(parse({ ...image, layers: null }).layers).toEqual([]);
    expect(parse({ ...index, manifests: [] }).manifests).toEqual([]);
    expect(parse({ ...index, manifests: null }).manifests).toEqual([]);
  });

  it.each([
    ['both layers and manifests', { ...image, manifests: [] }, undefined, 'never both'],
    ['an index with config', { ...index, config: image.config }, OCI_IMAGE_INDEX, 'never both'],
    ['an image called index', { ...untypedImage }, OCI_IMAGE_INDEX, 'by its media type it has manifests'],
    ['an index called image', { ...untypedIndex }, OCI_IMAGE_MANIFEST, 'by its media type it has layers'],
    [
      'two types',
      image,
      OCI_IMAGE_INDEX,
      `the Content-Type is "${OCI_IMAGE_INDEX}", but the body's mediaType`,
    ],
    ['Docker type on OCI body', image, DOCKER_MANIFEST, 'but the body'],
    ['no media type in the header', image, 'nonsense', 'the Content-Type "nonsense" is not a media type'],
    [
      'mediaType with parameters',
      { ...image, mediaType: `${OCI_IMAGE_MANIFEST};a=b` },
      undefined,
      'not a media type',
    ],
    ['mediaType that is no text', { ...image, mediaType: 2 }, undefined, 'mediaType has to be a string'],
    ['some other type', untypedImage, 'application/json', 'unsupported media type "application/json"'],
    [
      'the withdrawn artifact manifest',
      { schemaVersion: 2, blobs: [] },
      'application/vnd.oci.artifact.manifest.v1+json',
      'unsupported media type',
    ],
    ['nothing to tell by', { schemaVersion: 2 }, undefined, 'neither mediaType, layers nor manifests'],
    [
      'no schemaVersion',
      { ...image, schemaVersion: undefined },
      OCI_IMAGE_MANIFEST,
      'schemaVersion has to be 2',
    ],
    [
      'schemaVersion as text',
      { ...image, schemaVersion: '2' },
      OCI_IMAGE_MANIFEST,
      'schemaVersion has to be 2',
    ],
    ['schemaVersion 1', { schemaVersion: 1, fsLayers: [] }, undefined, 'schema 1 are not supported'],
    ['a schema 1 type', { ...untypedImage }, DOCKER_SCHEMA1_MANIFEST, 'schema 1 are not supported'],
    [
      'a signed schema 1 type',
      { ...untypedImage },
      DOCKER_SCHEMA1_SIGNED_MANIFEST,
      'schema 1 are not supported',
    ],
    [
      'a field in another case',
      { ...image, Layers: [] },
      undefined,
      'the field "Layers" has to be written "layers"',
    ],
    ['no config', { ...image, config: undefined }, OCI_IMAGE_MANIFEST, 'config is missing'],
    ['no manifests', { schemaVersion: 2 }, OCI_IMAGE_INDEX, 'manifests is missing'],
    ['layers that are no list', { ...image, layers: {} }, undefined, 'layers has to be a list'],
    [
      'a broken layer',
      { ...image, layers: [image.config, { ...image.config, size: -1 }] },
      undefined,
      'layers[1].size',
    ],
    ['a broken child', { ...index, manifests: [null] }, undefined, 'manifests[0] is missing'],
    ['a broken subject', { ...image, subject: {} }, undefined, 'subject.mediaType is missing'],
    [
      'broken annotations',
      { ...image, annotations: { a: 1 } },
      undefined,
      'annotations["a"] has to be a string',
    ],
    [
      'a long artifact type',
      { ...image, artifactType: 'a'.repeat(256) },
      undefined,
      'artifactType is longer',
    ],
    ['no object', [image], OCI_IMAGE_MANIFEST, 'not an object'],
    ['null', null, OCI_IMAGE_MANIFEST, 'not an object'],
  ])('refuses %s', (_what, body, contentType, reason) => {
    expect(() => parse(body, contentType)).toThrow(InvalidManifest);
    expect(() => parse(body, contentType)).toThrow(reason);
  });

  it('names the place of a fault', () => {
    const action = () => parse({ ...image, layers: [image.config, {}] });
    expect(action).toThrow(expect.objectContaining({ detail: { path: 'layers[1].mediaType' } }));
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['no JSON', Buffer.from('{"schemaVersion":2,'), 'not JSON'],
    ['bytes that are no UTF-8', Buffer.from('{"a":"\xff"}', 'latin1'), 'not JSON in UTF-8'],
    ['a byte order mark', Buffer.from(`\ufeff${JSON.stringify(image)}`), 'not JSON'],
    ['JSON of great depth', Buffer.from('['.repeat(2_000_000)), 'not JSON'],
    [
      'an object of great depth',
      Buffer.from(`{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`),
      'schemaVersion',
    ],
  ])('refuses %s', (_what, bytes, reason) => {
    expect(() => parseManifest(bytes, OCI_IMAGE_MANIFEST)).toThrow(InvalidManifest);
    expect(() => parseManifest(bytes, OCI_IMAGE_MANIFEST)).toThrow(reason);
  });

  it('answers any JSON whatever with a manifest or InvalidManifest', () => {
    const field = fc.constantFrom(
      'schemaVersion',
      'mediaType',
      'config',
      'layers',
      'manifests',
      'subject',
      'annotations',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(2, OCI_IMAGE_MANIFEST, image.config, image.layers),
    );
    const type = fc.constantFrom(undefined, OCI_IMAGE_MANIFEST, OCI_IMAGE_INDEX, 'text/plain');
    const bodies = fc.dictionary(field, value).map((body) => ({ schemaVersion: 2, ...body }));
    fc.assert(
      fc.property(bodies, type, (body, contentType) => {
        try {
          expect(['image', 'index']).toContain(parse(body, contentType).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidManifest);
        }
      }),
      { numRuns: 500 },
    );
  });
});
