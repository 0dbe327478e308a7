import { describe, expect, it } from 'vitest';
import { parseBytes, parseDuration, shownBytes } from './values.js';

describe('values of options', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['2h', 7200],
    ['30d', 2_592_000],
    ['4w', 2_419_200],
  ])('reads the duration %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '5', 'd', '-1d', '1y', '1d2h'])('refuses the duration "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow('Write it as');
  });

  it.each([
    ['1000', 1000],
    ['500kB', 500_000],
    ['50MiB', 52_428_800],
    ['1.5GiB', 1_610_612_736],
  ])('reads the size %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'MiB', '-1', '1 MiB', '1mb'])('refuses the size "%s"', (text) => {
    expect(() => parseBytes(text)).toThrow('Write it as');
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [3 * 1024 ** 3, '3.0 GiB'],
  ])('shows %d bytes', (bytes, text) => {
    expect(shownBytes(bytes)).toBe(text);
  });
});
