import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobStore } from '@berth/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOB_STORE } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { AbandonedUploads } from '../../apps/registry-api/src/uploads/abandoned-uploads.js';
import { startApp, type TestApp } from '../support/app.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const partBytes = 9 * 1024 * 1024;

describe.each(['filesystem', 's3'] as const)('what uploads left in the store (%s)', (storage) => {
  let app: TestApp;
  let store: BlobStore;
  let sweeper: AbandonedUploads;

  beforeAll(async () => {
    app = await startApp({ storage });
    store = app.nest.get<BlobStore>(BLOB_STORE, { strict: false });
    sweeper = app.nest.get(AbandonedUploads, { strict: false });
  });

  afterAll(async () => {
    await app.close();
  });

  it('goes when no record names it, and stays while one does', async () => {
    const client = new RegistryClient({ url: app.url, credentials: app.admin });
    const blob = randomBlob(partBytes);
    const upload = await client.sendChunk(await client.startUpload('team/app'), blob.bytes, 0);
    await store.append(store.begin(), Readable.from([randomBytes(partBytes)]));

    expect(await sweeper.sweepLeftOvers(0)).toBe(1);
    expect(await sweeper.sweepLeftOvers(0)).toBe(0);
    await client.finishUpload(upload, blob.digest);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });

  it('stays as long as it may still be recorded', async () => {
    await store.append(store.begin(), Readable.from([randomBytes(partBytes)]));
    expect(await sweeper.sweepLeftOvers(3600)).toBe(0);
    expect(await sweeper.sweepLeftOvers(0)).toBe(1);
  });
});
