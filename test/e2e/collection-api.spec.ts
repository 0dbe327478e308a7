import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { emptyTrash, letTimePass } from '../support/collection.js';
import { eventually } from '../support/eventually.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const day = 24 * 3600;

describe('admins', () => {
  let app: TestApp;
  let admin: Api;
  let client: RegistryClient;
  let world: World;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_JOBS: 'on' } });
    admin = apiOf(app, app.admin);
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    world = await World.open(app.databaseUrl);
  });
  beforeEach(async () => {
    await letTimePass(world, 2 * day);
    await admin.post('/admin/gc', { graceSeconds: 0 }).expect(200);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function explain(digest: string) {
    const { body } = await admin.get(`/admin/blobs/${digest}`).expect(200);
    return body;
  }

  it('see what a collection would take, and let it', async () => {
    const blob = randomBlob(321);
    await client.pushBlob('team/app', blob);
    await letTimePass(world, 3600);
    const { body: tooYoung } = await admin.post('/admin/gc', { dryRun: true }).expect(200);
    expect(tooYoung.result).toMatchObject({ graceSeconds: day, isDryRun: true, blobs: 0, digests: [] });
    const { body: preview } = await admin.post('/admin/gc', { dryRun: true, graceSeconds: 1800 }).expect(200);
    expect(preview).toMatchObject({
      job: 'collection',
      state: 'done',
      requestedBy: 'admin',
      result: { isDryRun: true, graceSeconds: 1800, blobs: 1, bytes: 321, digests: [blob.digest] },
    });
    const { body: run } = await admin.post('/admin/gc', { graceSeconds: 1800 }).expect(200);
    expect(run.result).toEqual({ ...preview.result, isDryRun: false });
    const { body } = await admin.get('/admin/gc').expect(200);
    expect(body).toMatchObject({ graceSeconds: day, current: null, last: { id: run.id, state: 'done' } });
  });

  it('need not wait for the end', async () => {
    const { body: begun } = await admin.post('/admin/gc', { waitSeconds: 0 }).expect(202);
    expect(['queued', 'running']).toContain(begun.state);
    await eventually('it ends', async () => {
      const { body } = await admin.get('/admin/gc');
      return body.last?.id === begun.id;
    });
  });

  it('are told what they asked wrongly', async () => {
    for (const body of [
      { graceSeconds: -1 },
      { graceSeconds: 1.5 },
      { dryRun: 'yes' },
      { waitSeconds: 61 },
      { days: 1 },
    ]) {
      await admin.post('/admin/gc', body).expect(400);
    }
  });

  it('learn why a blob is kept, and when it goes', async () => {
    const image = randomImage();
    const layer = image.blobs[1]!;
    await client.push('team/app', image, 'v1');
    expect(await explain(layer.digest)).toMatchObject({
      fate: 'kept',
      sentence: 'Manifests need it, or their trash, in team/app.',
      sizeBytes: layer.bytes.length,
      goesAt: null,
      repositoryCount: 1,
      repositories: [
        { name: 'team/app', isNeeded: true, manifests: [{ digest: image.digest, tags: ['v1'] }], trash: [] },
      ],
    });
    await client.expect([202], 'DELETE', `/v2/team/app/manifests/${image.digest}`);
    expect(await explain(layer.digest)).toMatchObject({
      fate: 'kept',
      repositories: [{ isNeeded: true, manifests: [], trash: [{ digest: image.digest }] }],
    });
    await emptyTrash(world);
    const waiting = await explain(layer.digest);
    expect(waiting).toMatchObject({ fate: 'waiting', repositories: [{ isNeeded: false, trash: [] }] });
    expect(new Date(waiting.goesAt).getTime() - new Date(waiting.touchedAt).getTime()).toBeGreaterThanOrEqual(
      day * 1000,
    );
    await letTimePass(world, 2 * day);
    expect((await explain(layer.digest)).fate).toBe('collectable');
    await admin.post('/admin/gc').expect(200);
    const { body } = await admin.get(`/admin/blobs/${layer.digest}`).expect(404);
    expect(body.detail).toBe('There is no such blob.');
    await admin.get('/admin/blobs/sha256:short').expect(400);
  });

  it('see the space that is used, in all and by whom', async () => {
    const image = randomImage({ layerSizeBytes: 5000 });
    await client.push('team/one', image);
    await client.push('other/two', image);
    const bytes = image.blobs.reduce((sum, blob) => sum + blob.bytes.length, 0);
    const { body } = await admin.get('/admin/storage').expect(200);
    expect(body).toMatchObject({ sharedBytes: bytes, savedBytes: bytes });
    for (const name of ['team/one', 'other/two']) {
      expect(body.repositories).toContainEqual({
        name,
        exclusiveBytes: 0,
        sharedBytes: bytes,
        isInTrash: false,
      });
    }
    expect(body.namespaces).toContainEqual({
      name: 'other',
      exclusiveBytes: 0,
      sharedBytes: bytes,
      isInTrash: false,
    });
    await admin.get('/admin/storage?limit=0').expect(400);
  });
});
