import { describe, expect, it } from 'vitest';
import * as mediaTypes from './media-type.js';

const {
  DOCKER_FOREIGN_LAYER_TAR_GZIP,
  DOCKER_LAYER_TAR_GZIP,
  DOCKER_MANIFEST,
  DOCKER_MANIFEST_LIST,
  isImageManifestMediaType,
  isIndexMediaType,
  isNondistributable,
  OCI_IMAGE_INDEX,
  OCI_IMAGE_MANIFEST,
  OCI_LAYER_TAR,
  OCI_NONDISTRIBUTABLE_LAYER_TAR_ZSTD,
  parseMediaType,
} = mediaTypes;

describe('media types', () => {
  it('tells indexes, image manifests and nondistributable layers', () => {
    const all = Object.values(mediaTypes).filter((value) => typeof value === 'string');
    expect(all.filter(isIndexMediaType)).toEqual([OCI_IMAGE_INDEX, DOCKER_MANIFEST_LIST]);
    expect(all.filter(isImageManifestMediaType)).toEqual([OCI_IMAGE_MANIFEST, DOCKER_MANIFEST]);
    expect(all.filter(isNondistributable)).toEqual(
      all.filter((type) => /nondistributable|foreign/.test(type)),
    );
    expect(
      [DOCKER_FOREIGN_LAYER_TAR_GZIP, OCI_NONDISTRIBUTABLE_LAYER_TAR_ZSTD].every(isNondistributable),
    ).toBe(true);
    expect([OCI_LAYER_TAR, DOCKER_LAYER_TAR_GZIP].some(isNondistributable)).toBe(false);
  });

  it('are all media types in lowercase themselves', () => {
    const all = Object.values(mediaTypes).filter((value) => typeof value === 'string');
    expect(all.map(parseMediaType)).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('parseMediaType', () => {
  it.each([
    ['application/json', 'application/json'],
    ['Application/JSON; charset=UTF-8', 'application/json'],
    [' text/plain ;x="a;b"', 'text/plain'],
    [`${OCI_IMAGE_INDEX}`, OCI_IMAGE_INDEX],
    ['', undefined],
    [';', undefined],
    ['application', undefined],
    ['application/', undefined],
    ['/json', undefined],
    ['a/b/c', undefined],
    ['*/*', undefined],
    ['application/json, text/plain', undefined],
    ['application/js\non', undefined],
  ])('%j → %j', (header, expected) => {
    expect(parseMediaType(header)).toBe(expected);
  });

  it('takes 127 characters on each side of the slash', () => {
    const longest = 'a'.repeat(127);
    expect(parseMediaType(`${longest}/${longest}`)).toBe(`${longest}/${longest}`);
    expect(parseMediaType(`a${longest}/${longest}`)).toBeUndefined();
    expect(parseMediaType(`${longest}/a${longest}`)).toBeUndefined();
    expect(parseMediaType('a'.repeat(1_000_000))).toBeUndefined();
  });
});
