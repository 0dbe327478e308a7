import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrashPurge } from '../../apps/registry-api/src/trash/trash-purge.js';
import { manifestColumns } from '../../apps/registry-api/src/trash/trashed-columns.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  descriptorOf,
  digestOf,
  indexOf,
  randomArtifact,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('manifests in trash', () => {
  let app: TestApp;
  let world: World;
  let owner: Credentials;
  let alice: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'bob', 'carol']) await world.user(name);
    await world.organization('team', { alice: 'owner', bob: 'writer' });
    owner = await world.accessToken('alice');
    alice = apiOf(app, owner);
    client = new RegistryClient({ url: app.url, credentials: owner });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const trash = '/repositories/team%2Fapp/trash';
  const remove = async ({ digest }: TestManifest) => {
    const { status } = await client.request('DELETE', `/v2/team/app/manifests/${digest}`);
    expect(status).toBe(202);
  };
  const statusOf = async (reference: string) =>
    (await client.request('HEAD', `/v2/team/app/manifests/${reference}`)).status;
  const entryOf = async ({ digest }: TestManifest) => {
    const { body } = await alice.get(`${trash}?limit=100`).expect(200);
    return body.items.find((item: { digest: string }) => item.digest === digest);
  };
  const restore = async (manifest: TestManifest) =>
    alice.post(`${trash}/${(await entryOf(manifest)).id}/restore`);

  it('has every column that a manifest has', async () => {
    const columns = await world.sql<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'manifests'`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual([...manifestColumns].sort());
  });

  it('come back with their bytes, tags, and what was attached to them', async () => {
    const image = randomImage({ labels: { team: 'blue' } });
    const sbom = randomArtifact({ subject: descriptorOf(image) });
    const signature = randomArtifact();
    const signatureTag = `${image.digest.replace(':', '-')}.sig`;
    await client.push('team/app', image, 'v1');
    await client.putManifest('team/app', image, 'stable');
    await client.push('team/app', sbom);
    await client.push('team/app', signature, signatureTag);
    const before = (await alice.get('/repositories/team%2Fapp').expect(200)).body;
    await remove(image);
    for (const reference of ['v1', 'stable', image.digest, sbom.digest, signature.digest, signatureTag])
      expect(await statusOf(reference)).toBe(404);
    expect(await entryOf(image)).toMatchObject({
      tags: ['stable', 'v1'],
      attachedCount: 2,
      artifactKind: 'image',
      reason: 'deleted',
      deletedBy: 'alice',
    });
    const { body } = await await restore(image);
    expect(body).toEqual({
      digest: image.digest,
      digests: [image, sbom, signature].map(({ digest }) => digest).sort(),
      tags: [signatureTag, 'stable', 'v1'].sort(),
      takenTags: [],
    });
    expect(await client.pullManifest('team/app', 'v1')).toEqual(image.bytes);
    for (const blob of image.blobs) {
      const answer = await client.request('GET', `/v2/team/app/blobs/${blob.digest}`);
      expect(digestOf(Buffer.from(await answer.arrayBuffer()))).toBe(blob.digest);
    }
    const referrers = await client.request('GET', `/v2/team/app/referrers/${image.digest}`);
    expect(await referrers.json()).toMatchObject({ manifests: [{ digest: sbom.digest }] });
    const { updatedAt: _was, ...shown } = before;
    expect((await alice.get('/repositories/team%2Fapp').expect(200)).body).toMatchObject(shown);
    expect(await entryOf(image)).toBeUndefined();
    await alice.get('/repositories/team%2Fapp/tags/v1').expect(200);
  });

  it('leave a tag that was pushed again where it is, and say so', async () => {
    const [old, now] = [randomImage(), randomImage()];
    await client.push('team/app', old, 'moved');
    await client.putManifest('team/app', old, 'kept');
    await remove(old);
    await client.push('team/app', now, 'moved');
    const { body } = await restore(old);
    expect(body).toMatchObject({ tags: ['kept'], takenTags: [{ tag: 'moved', digest: now.digest }] });
    expect(await client.pullManifest('team/app', 'moved')).toEqual(now.bytes);
  });

  it('come back once when they were pushed again, deleted again and restored', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'twice');
    await remove(image);
    await client.push('team/app', image, 'again');
    const { body } = await restore(image);
    expect(body).toMatchObject({ digests: [], tags: ['twice'], takenTags: [] });
    await remove(image);
    expect((await restore(image)).body).toMatchObject({ digests: [image.digest], tags: ['again', 'twice'] });
  });

  it('bring the children of an index along, deleted after it, in whatever order', async () => {
    const children = [randomImage(), randomImage({ architecture: 'arm64' })];
    const inner = indexOf(children);
    const outer = indexOf([inner, randomImage({ architecture: 's390x' })]);
    await client.push('team/app', outer, 'multi');
    for (const manifest of [outer, inner, ...children]) await remove(manifest);
    expect((await restore(outer)).status).toBe(200);
    for (const { digest, bytes } of [outer, inner, ...children])
      expect(await client.pullManifest('team/app', digest)).toEqual(bytes);
    const { body } = await alice
      .delete(`/repositories/team%2Fapp/manifests/${children[0]!.digest}`)
      .expect(409);
    expect(body.detail).toContain(inner.digest);
  });

  it('say what is gone for good when an index cannot come back whole', async () => {
    const child = randomImage();
    const index = indexOf([child]);
    await client.push('team/app', index, 'broken');
    for (const manifest of [index, child]) await remove(manifest);
    const { id } = await entryOf(child);
    await alice.post(`${trash}/${id}/purge`, { digest: 'something else' }).expect(400);
    await alice.post(`${trash}/${id}/purge`, { digest: child.digest }).expect(204);
    const { body } = await await restore(index);
    expect(body.detail).toBe(
      `An index of it lists ${child.digest}, which is gone for good: push that again first.`,
    );
    await client.push('team/app', child);
    expect((await restore(index)).status).toBe(200);
    expect(await client.pullManifest('team/app', 'broken')).toEqual(index.bytes);
  });

  it('come back by the activity of a tag, for who may delete', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'undone');
    const sbom = randomArtifact({ subject: descriptorOf(image) });
    await client.push('team/app', sbom);
    await remove(image);
    const activity = '/repositories/team%2Fapp/activity';
    const bob = apiOf(app, await world.accessToken('bob'));
    const [move] = (await alice.get(`${activity}?tag=undone`).expect(200)).body.items;
    expect(move).toMatchObject({ from: image.digest, to: null, isRestorable: true });
    expect((await bob.get(`${activity}?tag=undone`).expect(200)).body.items[0].isRestorable).toBe(false);
    await bob.post(`${activity}/${move.id}/restore`).expect(409);
    await alice.post(`${activity}/${move.id}/restore`).expect(200);
    expect(await client.pullManifest('team/app', 'undone')).toEqual(image.bytes);
    expect(await statusOf(sbom.digest)).toBe(200);
  });

  it('are for who may delete there, and absent for who may not read', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'secret');
    await remove(image);
    const { id } = await entryOf(image);
    await client.push('team/other', image, 'other');
    const [bob, carol] = [
      apiOf(app, await world.accessToken('bob')),
      apiOf(app, await world.accessToken('carol')),
    ];
    await bob.get(trash).expect(403);
    await bob.post(`${trash}/${id}/restore`).expect(403);
    const absent = (await carol.get('/repositories/team%2Fnone/trash').expect(404)).body.detail;
    expect((await carol.get(trash).expect(404)).body.detail).toBe(absent);
    expect((await carol.post(`${trash}/${id}/restore`).expect(404)).body.detail).toBe(absent);
    await apiOf(app).get(trash).expect(404);
    await alice.post(`/repositories/team%2Fother/trash/${id}/restore`).expect(404);
    await alice.post(`${trash}/${id}/restore`).expect(200);
  });

  it('are listed page by page, the last deleted first', async () => {
    const images = [randomImage(), randomImage(), randomImage()];
    for (const image of images) await client.push('team/paged', image);
    for (const { digest } of images)
      await alice.delete(`/repositories/team%2Fpaged/manifests/${digest}`).expect(204);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await alice.get(`/repositories/team%2Fpaged/trash?limit=2${cursor}`).expect(200);
      seen.push(...body.items.map(({ digest }: { digest: string }) => digest));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(images.map(({ digest }) => digest).reverse());
  });

  it('hold their blobs until they are removed for good, after their time', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'old');
    await remove(image);
    const held = () =>
      world.sql(
        `SELECT FROM trashed_references JOIN blobs ON blobs.id = blob_id WHERE blobs.digest = ANY ($1)`,
        [image.blobs.map(({ digest }) => digest)],
      );
    expect(await held()).toHaveLength(image.blobs.length);
    const purge = app.nest.get(TrashPurge);
    await purge.sweep();
    expect(await held()).toHaveLength(image.blobs.length);
    await world.sql(
      `UPDATE trashed_manifests SET deleted_at = deleted_at - interval '7 days' WHERE digest = $1`,
      [image.digest],
    );
    expect(await entryOf(image)).toBeUndefined();
    expect(await purge.sweep()).toBe(1);
    expect(await held()).toEqual([]);
  });

  it('come back when links of their blobs have gone meanwhile', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'links');
    await remove(image);
    for (const { digest } of image.blobs)
      expect((await client.request('DELETE', `/v2/team/app/blobs/${digest}`)).status).toBe(202);
    expect((await restore(image)).status).toBe(200);
    for (const { digest } of image.blobs)
      expect((await client.request('HEAD', `/v2/team/app/blobs/${digest}`)).status).toBe(200);
  });
});
