import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { isFullSize } from '../support/full-size.js';
import { peakResidentBytes, resetPeakResidentBytes, residentBytes } from '../support/process-tree.js';
import type { StorageKind } from '../support/storage-settings.js';
import { pullLargeBlob, pushLargeBlob } from './large-blob.js';

const mebibyte = 1024 * 1024;
const sizeBytes = isFullSize ? 3072 * mebibyte : 256 * mebibyte;
const allowedGrowthBytes = 150 * mebibyte;

/** A worker's memory does not follow the size of what is pushed and pulled. */
export function describeMemory(storage: StorageKind): void {
  describe(`resident memory on ${storage}, with a blob of ${sizeBytes / mebibyte} MiB`, () => {
    let berth: Berth;
    let digest: string;

    beforeAll(async () => {
      berth = await startBerth({ storage, workers: 1 });
      const small = await pushLargeBlob(berth, 'team/small', mebibyte);
      await pullLargeBlob(berth, 'team/small', small);
    });
    afterAll(() => berth?.stop());

    test('a push grows it by less than 150 MiB', async () => {
      const growth = await growthDuring(berth, async () => {
        digest = await pushLargeBlob(berth, 'team/large', sizeBytes);
      });
      expect(growth).toBeLessThan(allowedGrowthBytes);
    });

    test('a pull grows it by less than 150 MiB, and every byte is right', async () => {
      const growth = await growthDuring(berth, async () => {
        expect(await pullLargeBlob(berth, 'team/large', digest)).toBe(digest);
      });
      expect(growth).toBeLessThan(allowedGrowthBytes);
    });
  });
}

async function growthDuring(berth: Berth, work: () => Promise<void>): Promise<number> {
  const [worker] = berth.workers();
  const before = residentBytes(worker!.pid);
  resetPeakResidentBytes(worker!.pid);
  await work();
  const growth = peakResidentBytes(worker!.pid) - before;
  console.log(`grew by ${Math.round(growth / mebibyte)} MiB from ${Math.round(before / mebibyte)} MiB`);
  return growth;
}
