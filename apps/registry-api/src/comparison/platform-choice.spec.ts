import { describe, expect, it } from 'vitest';
import { comparablePlatforms, imageFor, type Side, usualImage, usualPlatform } from './platform-choice.js';

const index = (...labels: string[]): Side => ({
  kind: 'index',
  images: labels.map((label) => ({ label, digest: `digest of ${label}` })),
});
const image = (label?: string): Side => ({ kind: 'image', label });
const [amd, arm, v8, s390] = ['linux/amd64', 'linux/arm64', 'linux/arm64/v8', 'linux/s390x'] as const;

describe('the platform that two things are compared on', () => {
  it.each([
    { case: 'two images', a: image(amd), b: image(arm), platforms: [], usual: undefined },
    { case: 'an image and an index', a: image(arm), b: index(amd, v8), platforms: [amd, v8], usual: arm },
    { case: 'an index and an image it lacks', a: index(s390), b: image(amd), platforms: [s390], usual: s390 },
    { case: 'what has no platform', a: image(), b: index(s390, amd), platforms: [s390, amd], usual: amd },
    { case: 'two indexes', a: index(arm, amd), b: index(amd, v8), platforms: [arm, amd], usual: amd },
    {
      case: 'few in common',
      a: index(amd, arm, s390),
      b: index(s390, v8),
      platforms: [arm, s390],
      usual: arm,
    },
    { case: 'nothing in common', a: index(amd), b: index(arm), platforms: [], usual: undefined },
    { case: 'an index of nothing', a: index(), b: index(amd), platforms: [], usual: undefined },
  ])('of $case', ({ a, b, platforms, usual }) => {
    expect(comparablePlatforms(a, b)).toEqual(platforms);
    expect(usualPlatform(a, b)).toBe(usual);
  });

  it('is the one that is written so, or else the same one written differently', () => {
    expect(imageFor(index(arm, v8), v8)?.label).toBe(v8);
    expect(imageFor(index(amd, v8), arm)?.label).toBe(v8);
    expect(imageFor(index(amd), arm)).toBeUndefined();
    expect(imageFor(index('linux/arm/v8'), 'linux/arm')).toBeUndefined();
    expect(imageFor(image(amd), amd)).toBeUndefined();
  });

  it('is the usual one, or the first, where there is no better one', () => {
    expect(usualImage(index(arm, amd))?.label).toBe(amd);
    expect(usualImage(index(arm, s390))?.label).toBe(arm);
    expect(usualImage(index())).toBeUndefined();
    expect(usualImage(image(amd))).toBeUndefined();
  });
});
