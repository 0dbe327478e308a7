import { describe, expect, it } from 'vitest';
import { imageAnnotation, webAddress } from '../repository/annotations';
import { choosablePlatforms, chosenPlatform, imageHref, readImageQuery } from './image-query';
import { shellWords } from './shell-words';

const platforms = ['linux/arm64', 'linux/amd64', 'unknown/unknown'].map((label) => {
  const [os = '', architecture = ''] = label.split('/');
  return { digest: `sha256:${label}`, platform: { os, architecture, label }, sizeBytes: 1 };
});

describe('the platform that a page shows', () => {
  const choosable = choosablePlatforms({ platforms });

  it('is never an attestation that BuildKit put into the index', () => {
    expect(choosable.map(({ platform }) => platform.label)).toEqual(['linux/arm64', 'linux/amd64']);
  });

  it.each([
    ['linux/arm64', 'linux/arm64'],
    [undefined, 'linux/amd64'],
    ['plan9/mips', 'linux/amd64'],
  ])('asked for %s: %s', (asked, shown) => {
    expect(chosenPlatform(choosable, asked)?.platform.label).toBe(shown);
  });

  it('stays chosen from tab to tab', () => {
    const query = readImageQuery({ platform: 'linux/arm64', tab: 'config' });
    expect(imageHref('/r/a', query)).toBe('/r/a?tab=config&platform=linux%2Farm64');
    expect(readImageQuery({ tab: 'nothing' }).tab).toBe('layers');
  });
});

describe('what an image says of itself', () => {
  it('is taken from annotations before labels', () => {
    const licences = { 'org.opencontainers.image.licenses': 'MIT' };
    expect(imageAnnotation('licenses', {}, licences)).toBe('MIT');
    expect(imageAnnotation('licenses', { 'org.opencontainers.image.licenses': 'Apache-2.0' }, licences)).toBe(
      'Apache-2.0',
    );
  });

  it.each([
    ['https://example.com/a', 'https://example.com/a'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//example.com', undefined],
    ['text', undefined],
  ])('%s as a link: %s', (text, address) => {
    expect(webAddress(text)).toBe(address);
  });

  it('shows arguments as one would type them', () => {
    expect(shellWords(['--config', '/etc/my routes.yaml', "it's"])).toBe(
      `--config '/etc/my routes.yaml' 'it'\\''s'`,
    );
  });
});
