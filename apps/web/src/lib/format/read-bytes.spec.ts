import { describe, expect, it } from 'vitest';
import { exactBytes, readBytes } from './read-bytes';

describe('bytes that are typed', () => {
  it.each([
    ['2000', 2000],
    ['10 GB', 10e9],
    ['10gb', 10e9],
    ['1.5 TiB', 1.5 * 1024 ** 4],
    ['0,5 MB', 500_000],
    ['0', 0],
  ])('%s', (text, bytes) => {
    expect(readBytes(text)).toBe(bytes);
  });

  it.each(['', 'ten GB', '10 XB', '-1', '1e9', '99999999999999 TB', '1.2.3'])('%j are none', (text) => {
    expect(readBytes(text)).toBeUndefined();
  });

  it.each([
    [10e9, '10 GB'],
    [1.5e9, '1500 MB'],
    [10 * 1024 ** 3, '10 GiB'],
    [1001, '1001 B'],
    [0, '0 B'],
  ])('%d are shown so that they are read back', (bytes, text) => {
    expect(exactBytes(bytes)).toBe(text);
    expect(readBytes(text)).toBe(bytes);
  });
});
