import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeReading } from './contract/reading.contract.js';
import { describeRecovery } from './contract/recovery.contract.js';
import { describeRemoval } from './contract/removal.contract.js';
import { StoreBench, type StoreUnderTest } from './contract/store-under-test.js';
import { describeUploads } from './contract/uploads.contract.js';
import { describeWriters } from './contract/writers.contract.js';

/** What every blob store must do, and that it is empty afterwards. The server, if any, is a real one. */
export function describeBlobStore(name: string, makeStoreUnderTest: () => Promise<StoreUnderTest>): void {
  describe(`the contract of blob stores: ${name}`, () => {
    let bench: StoreBench;
    const theBench = () => bench;

    beforeAll(async () => {
      const underTest = await makeStoreUnderTest();
      bench = new StoreBench(underTest, underTest.makeStore());
      await bench.store.prepare();
    });

    it('can be prepared again, and checked', async () => {
      await bench.store.prepare();
      await expect(bench.store.check()).resolves.toBeUndefined();
    });

    describeUploads(theBench);
    describeReading(theBench);
    describeWriters(theBench);
    describeRecovery(theBench);
    describeRemoval(theBench);

    afterEach(async () => {
      expect(await bench.keys(), 'blobs left by this test').toEqual([]);
      expect(await bench.uploadKeys(), 'uploads left by this test').toEqual([]);
    });

    afterAll(async () => {
      try {
        await bench?.underTest.assertNothingHidden();
      } finally {
        await bench?.store.close();
        await bench?.underTest.stop();
      }
    });
  });
}
