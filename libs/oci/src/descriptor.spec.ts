import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDescriptor } from './descriptor.js';
import { Digest } from './digest.js';
import { InvalidField } from './json-fields.js';
import { OCI_EMPTY, OCI_LAYER_TAR } from './media-type.js';

const digest = Digest.ofBytes(Buffer.from('{}'));
const WHOLE_NUMBER = 'has to be a whole number of bytes, 0 or more';
const NO_TEXT = 'contains NUL or half a surrogate pair';
const minimal = { mediaType: OCI_LAYER_TAR, digest: digest.text, size: 2 };

describe('parseDescriptor', () => {
  it('reads what every descriptor has, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.maxSafeNat(),
        fc.dictionary(fc.string(), fc.anything()),
        (bytes, size, more) => {
          const known = ['urls', 'annotations', 'platform', 'artifactType', 'data'];
          const unknown = Object.fromEntries(Object.entries(more).filter(([key]) => !known.includes(key)));
          const text = Digest.ofBytes(bytes).text;
          const json = { ...unknown, mediaType: 'text/plain', digest: text, size };
          expect(parseDescriptor(json, 'config')).toEqual({
            mediaType: 'text/plain',
            digest: Digest.parse(text),
            sizeBytes: size,
          });
        },
      ),
    );
  });

  it('reads all the fields of the spec', () => {
    const json = {
      mediaType: OCI_EMPTY,
      digest: digest.text,
      size: 2,
      urls: ['https://example.org/layer'],
      annotations: { 'org.example.key': 'value', ['__proto__']: 'x' },
      artifactType: 'application/vnd.example',
      data: 'e30=',
      platform: {
        architecture: 'arm',
        os: 'windows',
        'os.version': '10.0',
        'os.features': ['win32k'],
        variant: 'v7',
      },
    };
    expect(parseDescriptor(json, 'manifests[0]')).toEqual({
      mediaType: OCI_EMPTY,
      digest,
      sizeBytes: 2,
      urls: json.urls,
      annotations: json.annotations,
      artifactType: json.artifactType,
      data: 'e30=',
      platform: {
        architecture: 'arm',
        os: 'windows',
        osVersion: '10.0',
        osFeatures: ['win32k'],
        variant: 'v7',
      },
    });
  });

  it('takes null and empty texts for left out, as encoders for Go write them', () => {
    const json = {
      ...minimal,
      urls: null,
      annotations: null,
      artifactType: '',
      data: null,
      platform: { os: '' },
    };
    expect(parseDescriptor(json, 'config')).toEqual({
      mediaType: OCI_LAYER_TAR,
      digest,
      sizeBytes: 2,
      platform: { architecture: '', os: '' },
    });
  });

  it.each([
    [undefined, 'layers[2]', 'is missing'],
    [null, 'layers[2]', 'is missing'],
    ['sha256:abc', 'layers[2]', 'has to be an object'],
    [[minimal], 'layers[2]', 'has to be an object'],
    [{ ...minimal, mediaType: undefined }, 'layers[2].mediaType', 'is missing'],
    [{ ...minimal, mediaType: '' }, 'layers[2].mediaType', 'is empty'],
    [{ ...minimal, mediaType: 'a'.repeat(256) }, 'layers[2].mediaType', 'is longer than 255 characters'],
    [
      { ...minimal, artifactType: 'a'.repeat(256) },
      'layers[2].artifactType',
      'is longer than 255 characters',
    ],
    [{ ...minimal, mediaType: 7 }, 'layers[2].mediaType', 'has to be a string'],
    [{ ...minimal, mediaType: 'a\0' }, 'layers[2].mediaType', NO_TEXT],
    [{ ...minimal, digest: undefined }, 'layers[2].digest', 'is missing'],
    [{ ...minimal, digest: 'sha256:abc' }, 'layers[2].digest', 'is not a digest: sha256 needs 64'],
    [{ ...minimal, digest: {} }, 'layers[2].digest', 'has to be a string'],
    [{ ...minimal, size: undefined }, 'layers[2].size', 'is missing'],
    [{ ...minimal, size: -1 }, 'layers[2].size', WHOLE_NUMBER],
    [{ ...minimal, size: 1.5 }, 'layers[2].size', WHOLE_NUMBER],
    [{ ...minimal, size: '2' }, 'layers[2].size', WHOLE_NUMBER],
    [{ ...minimal, size: 2 ** 53 }, 'layers[2].size', WHOLE_NUMBER],
    [{ ...minimal, urls: 'http://a' }, 'layers[2].urls', 'has to be a list'],
    [{ ...minimal, urls: ['http://a', 1] }, 'layers[2].urls[1]', 'has to be a string'],
    [{ ...minimal, annotations: ['a'] }, 'layers[2].annotations', 'has to be an object'],
    [{ ...minimal, annotations: { a: 1 } }, 'layers[2].annotations["a"]', 'has to be a string'],
    [{ ...minimal, annotations: { a: '\ud800' } }, 'layers[2].annotations["a"]', NO_TEXT],
    [{ ...minimal, annotations: { 'a\0': '' } }, 'layers[2].annotations["a\\u0000"]', NO_TEXT],
    [{ ...minimal, platform: 'linux' }, 'layers[2].platform', 'has to be an object'],
    [{ ...minimal, platform: { os: 1 } }, 'layers[2].platform.os', 'has to be a string'],
    [{ ...minimal, data: 1 }, 'layers[2].data', 'has to be a string'],
  ])('refuses %j', (json, path, reason) => {
    const parse = () => parseDescriptor(json, 'layers[2]');
    expect(parse).toThrow(InvalidField);
    expect(parse).toThrow(`${path} ${reason}`);
  });
});
