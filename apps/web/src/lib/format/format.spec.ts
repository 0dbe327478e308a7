import { describe, expect, it } from 'vitest';
import { browserName } from './browser-name';
import { formatBytes } from './bytes';
import { counted, formatCount, further } from './count';
import { abridgedDigest, shortDigest } from './digest';
import { formatExact, formatRelative } from './time';

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [22_000, '22 KB'],
    [48_100_000, '48.1 MB'],
    [112_400_000, '112 MB'],
    [18_400_000_000, '18.4 GB'],
    [5e18, '5000 PB'],
  ])('%d are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('counts', () => {
  it('are grouped, and say where the API stops counting', () => {
    expect(formatCount(12_408)).toBe('12,408');
    expect(formatCount('1000+')).toBe('1,000+');
    expect(counted(1, 'tag')).toBe('1 tag');
    expect(counted(0, 'repository', 'repositories')).toBe('0 repositories');
  });

  it('say how many more there are, as far as the API tells', () => {
    expect(further(19, 5, 20)).toBe('and 14 more');
    expect(further(20, 5, 20)).toBe('and more');
  });
});

describe('times', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const minutes = 60_000;
  const days = 24 * 60 * minutes;

  it.each([
    [0, 'just now'],
    [-14 * minutes, '14 minutes ago'],
    [-60 * minutes, '1 hour ago'],
    [-1 * days, 'yesterday'],
    [-6 * days, '6 days ago'],
    [-30 * days, '4 weeks ago'],
    [-180 * days, 'in May'],
    [-900 * days, 'in June 2024'],
    [3 * days, 'in 3 days'],
    [90 * days, 'in 90 days'],
  ])('%d ms from now: %s', (milliseconds, text) => {
    expect(formatRelative(new Date(now.getTime() + milliseconds), now)).toBe(text);
  });

  it('are exact in UTC', () => {
    expect(formatExact(now)).toBe('23 Nov 2026, 12:00:00 UTC');
  });
});

describe('digests', () => {
  const digest = `sha256:9f2c41d0a7${'0'.repeat(50)}a07e`;

  it('are shortened in tables and headings', () => {
    expect(shortDigest(digest)).toBe('9f2c41…a07e');
    expect(abridgedDigest(digest)).toBe('sha256:9f2c41d0a7…a07e');
  });
});

describe('browsers', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605',
      'Safari on macOS',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0', 'Edge on Windows'],
    ['curl/8.5.0', 'curl'],
    [null, 'unknown'],
  ])('%s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
