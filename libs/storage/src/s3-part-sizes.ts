const MIB = 1024 * 1024;

/** S3's limit. */
export const MAX_PARTS = 10_000;

/**
 * Sizes of the parts of a multipart upload, small first since most layers are: an upload holds two of them in memory.
 * All 10,000 together hold 1.03 TiB.
 */
const steps = [
  { parts: 1_000, sizeBytes: 8 * MIB },
  { parts: 2_000, sizeBytes: 32 * MIB },
  { parts: 7_000, sizeBytes: 144 * MIB },
] as const;

/** Size in bytes of the part with this index, the first being 0. Throws `RangeError` from the 10,001st on. */
export function partSizeBytes(index: number): number {
  let firstOfStep = 0;
  for (const { parts, sizeBytes } of steps) {
    firstOfStep += parts;
    if (index < firstOfStep) return sizeBytes;
  }
  throw new RangeError(`an upload can have ${MAX_PARTS} parts at most`);
}
