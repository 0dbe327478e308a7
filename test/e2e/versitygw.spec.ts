// needs: versitygw
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { collect, emptyTrash, letTimePass, storedObjects } from '../support/collection.js';
import { randomImage } from '../support/images.js';
import { type ObjectStore, startVersitygw } from '../support/object-stores.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('another store than MinIO, versitygw', () => {
  let store: ObjectStore;
  let app: TestApp;
  let client: RegistryClient;
  const image = randomImage({ layers: 1, layerSizeBytes: 20 << 20 }); // more than one part
  const kept = randomImage();
  beforeAll(async () => {
    store = await startVersitygw();
    app = await startApp({
      env: {
        BERTH_STORAGE: 's3',
        BERTH_S3_ENDPOINT: store.endpoint,
        BERTH_S3_BUCKET: store.bucket,
        BERTH_S3_ACCESS_KEY: store.accessKey,
        BERTH_S3_SECRET_KEY: store.secretKey,
        BERTH_S3_REDIRECT: 'true',
      },
    });
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
  });
  afterAll(async () => {
    await app?.close();
    await store?.stop();
  });

  it('takes large and small blobs, and gives them back by presigned addresses', async () => {
    for (const [pushed, tag] of [
      [image, 'large'],
      [kept, 'kept'],
    ] as const) {
      await client.push('team/app', pushed, tag);
      expect((await client.pullManifest('team/app', tag)).equals(pushed.bytes)).toBe(true);
      for (const { digest, bytes } of pushed.blobs) {
        expect((await client.pullBlob('team/app', digest)).equals(bytes)).toBe(true);
      }
    }
    const layer = image.blobs.find(({ bytes }) => bytes.length > 1 << 20)!;
    const path = `/v2/team/app/blobs/${layer.digest}`;
    const answer = await supertest(app.url).get(path).auth(app.admin.username, app.admin.password);
    expect(answer.status).toBe(307);
    expect(answer.headers.location).toMatch(
      new RegExp(`^${store.endpoint}/${store.bucket}/.*X-Amz-Signature=`),
    );
  });

  it('loses what a collection takes, and nothing else', async () => {
    const world = await World.open(app.databaseUrl);
    await client.expect([202], 'DELETE', `/v2/team/app/manifests/${image.digest}`);
    await emptyTrash(world);
    await letTimePass(world, 3600);
    expect(await storedObjects(app)).toHaveLength(image.blobs.length + kept.blobs.length);
    await collect(app);
    expect(await storedObjects(app)).toHaveLength(kept.blobs.length);
    for (const { digest, bytes } of kept.blobs) {
      expect((await client.pullBlob('team/app', digest)).equals(bytes)).toBe(true);
    }
    await world.close();
  });
});
