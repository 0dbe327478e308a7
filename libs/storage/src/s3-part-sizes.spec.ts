import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PARTS, partSizeBytes } from './s3-part-sizes.js';

const MIB = 1024 ** 2;
const indexes = fc.integer({ min: 0, max: MAX_PARTS - 1 });

describe('sizes of parts', () => {
  it('hold 1 TiB and more altogether', () => {
    let total = 0;
    for (let index = 0; index < MAX_PARTS; index++) total += partSizeBytes(index);
    expect(total).toBeGreaterThanOrEqual(1024 ** 4);
  });

  it('are what S3 takes: 5 MiB to 5 GiB', () => {
    fc.assert(
      fc.property(indexes, (index) => {
        expect(partSizeBytes(index)).toBeGreaterThanOrEqual(5 * MIB);
        expect(partSizeBytes(index)).toBeLessThanOrEqual(5 * 1024 * MIB);
      }),
    );
  });

  it('never shrink, so that what does not fill a part fits in the next one too', () => {
    fc.assert(
      fc.property(indexes, indexes, (one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        expect(partSizeBytes(earlier)).toBeLessThanOrEqual(partSizeBytes(later));
      }),
    );
  });

  it.each([
    [0, 8],
    [999, 8],
    [1_000, 32],
    [2_999, 32],
    [3_000, 144],
    [9_999, 144],
  ])('are, for part %d, %d MiB', (index, mebibytes) => {
    expect(partSizeBytes(index)).toBe(mebibytes * MIB);
  });

  it('end with the last part that S3 takes', () => {
    expect(() => partSizeBytes(MAX_PARTS)).toThrow(RangeError);
  });
});
