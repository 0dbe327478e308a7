import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('pushes and deletes in the audit log', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
    await world.user('alice');
    client = new RegistryClient({ url: app.url, credentials: await world.accessToken('alice') });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const entries = async (query: string): Promise<Record<string, unknown>[]> =>
    (await admin.get(`/admin/audit?${query}`).expect(200)).body.items;
  const byAlice = { actor: 'alice', credential: 'access token test', address: '127.0.0.1', result: 'done' };

  it('has a push with its digest and tags, on the repository as people write it', async () => {
    const image = randomImage();
    await client.push('alice/pushed', image, '1.0');
    expect(await entries('object=repository:alice/pushed&action=manifest.*')).toEqual([
      expect.objectContaining({
        ...byAlice,
        action: 'manifest.push',
        details: { digest: image.digest, tags: ['1.0'] },
      }),
    ]);
  });

  it('has no push that wrote nothing', async () => {
    const image = randomImage();
    await client.startUpload('alice/refused');
    await expect(client.putManifest('alice/refused', image)).rejects.toThrow();
    expect(await entries('object=repository:alice/refused&action=manifest.*')).toEqual([]);
  });

  it('has the deletion of a tag, a manifest with the tags it had, and a blob', async () => {
    const image = randomImage();
    const blob = randomBlob();
    const path = '/v2/alice/deleted';
    for (const tag of ['one', 'two']) await client.push('alice/deleted', image, tag);
    await client.pushBlob('alice/deleted', blob);
    await client.expect([202], 'DELETE', `${path}/manifests/one`);
    await client.expect([202], 'DELETE', `${path}/manifests/${image.digest}`);
    await client.expect([404], 'DELETE', `${path}/manifests/${image.digest}`);
    await client.expect([202], 'DELETE', `${path}/blobs/${blob.digest}`);
    const found = await entries('object=repository:alice/deleted&result=done&actor=alice');
    const deletions = found.filter(({ action }) => String(action).endsWith('.delete'));
    expect(deletions).toEqual([
      expect.objectContaining({ ...byAlice, action: 'blob.delete', details: { digest: blob.digest } }),
      expect.objectContaining({
        ...byAlice,
        action: 'manifest.delete',
        details: { digest: image.digest, tags: ['two'] },
      }),
      expect.objectContaining({
        ...byAlice,
        action: 'tag.delete',
        details: { tag: 'one', digest: image.digest },
      }),
    ]);
  });

  it('costs no round trip: BEGIN, resolve, write, COMMIT beside the look-up', async () => {
    const image = randomImage();
    await client.push('alice/counted', image, 'one');
    const statements = await app.countSql(() => client.putManifest('alice/counted', image, 'two'));
    expect(statements.filter((statement) => /^\s*INSERT INTO audit_log/.test(statement))).toEqual([]);
  });
});
