import { describe, expect, it } from 'vitest';
import { type Content, randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { StoreObjects } from '../support/store-objects.js';
import { admin, alice, app, bob, setUp, world } from './namespaces-api.js';

const KIB = 1024;

describe('quotas', () => {
  setUp();

  const limit = async (namespace: string, maxBytes: number | null, maxRepositories: number | null = null) =>
    (await admin.put(`/admin/quotas/namespaces/${namespace}`, { maxBytes, maxRepositories }).expect(200))
      .body;
  const usage = async (namespace: string) =>
    (await admin.get(`/namespaces/${namespace}/usage`).expect(200)).body;
  const client = async () =>
    new RegistryClient({ url: app.url, credentials: await world.accessToken('admin'), scheme: 'basic' });
  const post = async (repository: string, blob: Content): Promise<Response> =>
    (await client()).request('POST', `/v2/${repository}/blobs/uploads/?digest=${blob.digest}`, {
      body: blob.bytes,
    });
  const keysInStore = async () => (await new StoreObjects(app).list()).map(({ key }) => key).sort();
  const keysOfBlobs = async () =>
    (await world.sql<{ key: string }>('SELECT storage_key AS key FROM blobs')).map(({ key }) => key).sort();

  it('let 20 pushes at once in as far as they fit, and never further; the others read why', async () => {
    await world.organization('crowd', { alice: 'owner' });
    await world.repository('crowd/app');
    await limit('crowd', 10 * 100 * KIB + 5);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post('crowd/app', randomBlob(100 * KIB))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      const { errors } = (await answer.json()) as { errors: object[] };
      expect(errors).toEqual([
        {
          code: 'DENIED',
          message:
            'The quota of the namespace "crowd" is 1000.0 KiB: 1000.0 KiB are used, and this needs 100.0 KiB more.',
          detail: {
            quota: 'namespace:crowd',
            unit: 'bytes',
            limit: 1_024_005,
            used: 1_024_000,
            needed: 100 * KIB,
          },
        },
      ]);
    }
    expect(await usage('crowd')).toEqual({
      usedBytes: 1_024_000,
      usedRepositories: 1,
      maxBytes: 1_024_005,
      maxRepositories: null,
      sharedBytes: 0,
      savedBytes: 0,
    });
    expect(await keysInStore()).toEqual(await keysOfBlobs());
  });

  it('count a blob once in a namespace: in other repositories, mounted, and pushed again', async () => {
    const blob = randomBlob(100 * KIB);
    await limit('alice', 100 * KIB);
    const registry = await client();
    await registry.pushBlob('alice/one', blob);
    const mount = `/v2/alice/two/blobs/uploads/?mount=${blob.digest}&from=alice/one`;
    await registry.expect([201], 'POST', mount);
    await registry.pushBlob('alice/three', blob);
    expect(await usage('alice')).toMatchObject({ usedBytes: 100 * KIB, usedRepositories: 3 });
    await limit('bob', 10);
    const elsewhere = await registry.request(
      'POST',
      `/v2/bob/app/blobs/uploads/?mount=${blob.digest}&from=alice/one`,
    );
    expect(elsewhere.status).toBe(403);
    for (const name of ['one', 'two', 'three']) {
      const left = await registry.request('DELETE', `/v2/alice/${name}/blobs/${blob.digest}`);
      expect(left.status).toBe(202);
    }
    expect(await usage('alice')).toMatchObject({ usedBytes: 0 });
    await limit('bob', null);
    await limit('alice', null);
  });

  it('refuse a PATCH and a PUT by their Content-Length, before their bytes, and forget what does not fit', async () => {
    await limit('alice', 50 * KIB);
    const registry = await client();
    const upload = await registry.startUpload('alice/early');
    const path = new URL(upload).pathname;
    const tooLarge = randomBlob(60 * KIB);
    const patched = await registry.request('PATCH', path, { body: tooLarge.bytes });
    expect(patched.status).toBe(403);
    expect(await patched.text()).toContain('The quota of the namespace \\"alice\\" is 50.0 KiB');
    const status = await registry.request('GET', path);
    expect(status.headers.get('range')).toBe('0-0');
    const put = await registry.request('PUT', `${path}?digest=${tooLarge.digest}`, { body: tooLarge.bytes });
    expect(put.status).toBe(403);

    const [first, second] = [randomBlob(30 * KIB), randomBlob(30 * KIB)];
    const both = await Promise.all(
      [first, second].map(async (blob) => {
        const location = await registry.sendChunk(await registry.startUpload('alice/early'), blob.bytes, 0);
        return { blob, location };
      }),
    );
    const statuses: number[] = [];
    for (const { blob, location } of both) {
      const { pathname } = new URL(location);
      statuses.push((await registry.request('PUT', `${pathname}?digest=${blob.digest}`)).status);
    }
    expect(statuses).toEqual([201, 403]);
    await registry.request('DELETE', path);
    expect(await usage('alice')).toMatchObject({ usedBytes: 30 * KIB });
    await limit('alice', null);
  });

  it('limit repositories, also made by pushes at once', async () => {
    await world.organization('few', { alice: 'owner' });
    await limit('few', null, 3);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        alice.post('/repositories', { name: `few/app-${number}`, visibility: 'private' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 403, 403, 403, 403, 403]);
    const refused = answers.find(({ status }) => status === 403);
    expect(refused?.body.detail).toBe(
      'The quota of the namespace "few" is 3 repositories: 3 repositories are used, and this needs 1 repositories more.',
    );
    const made = answers.find(({ status }) => status === 201)?.body.name as string;
    await alice.delete(`/repositories/${encodeURIComponent(made)}`).expect(204);
    await alice.post('/repositories', { name: 'few/another', visibility: 'private' }).expect(201);
    expect(await usage('few')).toMatchObject({ usedRepositories: 3, maxRepositories: 3 });
  });

  it('limit the instance, in what the store holds', async () => {
    const { instance } = (await admin.get('/admin/quotas').expect(200)).body;
    const maxBytes = instance.usedBytes + 1000;
    await admin.put('/admin/quotas/instance', { maxBytes, maxRepositories: null }).expect(200);
    expect((await post('bob/app', randomBlob(900))).status).toBe(201);
    const refused = await post('bob/app', randomBlob(900));
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('The quota of this Berth is');
    await admin.put('/admin/quotas/instance', { maxBytes: null, maxRepositories: null }).expect(200);
    await (await client()).push('bob/app', randomImage(), 'latest');
  });

  it('stand beside what every namespace has, with a quota or without', async () => {
    for (const name of ['list-a', 'list-b', 'list-c']) await world.organization(name, { alice: 'owner' });
    const registry = await client();
    const blob = randomBlob(300);
    for (const repository of ['list-a/one', 'list-a/two', 'list-b/app'])
      await registry.pushBlob(repository, blob);
    await limit('list-b', 1000, 4);
    const made = {
      kind: 'organization',
      createdAt: expect.stringMatching(/Z$/),
      maxBytes: null,
      maxRepositories: null,
    };
    const pages: { name: string }[] = [];
    let cursor = '';
    do {
      const { body } = await admin.get(`/admin/namespaces?limit=2${cursor}`).expect(200);
      pages.push(...body.items);
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(pages.filter(({ name }) => name.startsWith('list-'))).toMatchObject([
      { ...made, name: 'list-a', usedBytes: 300, usedRepositories: 2 },
      { ...made, name: 'list-b', usedBytes: 300, usedRepositories: 1, maxBytes: 1000, maxRepositories: 4 },
      { ...made, name: 'list-c', usedBytes: 0, usedRepositories: 0 },
    ]);
    for (const listed of pages.filter((page) => page.name.startsWith('list-'))) {
      const { sharedBytes: _shared, savedBytes: _saved, ...used } = await usage(listed.name);
      expect(listed).toMatchObject(used);
    }
    expect(pages.map(({ name }) => name)).toEqual(pages.map(({ name }) => name).toSorted());
    await alice.get('/admin/namespaces').expect(404);
  });

  it('are set by admins, recorded, and seen by members', async () => {
    await alice.put('/admin/quotas/instance', { maxBytes: 1, maxRepositories: null }).expect(404);
    await admin.put('/admin/quotas/namespaces/nobody', { maxBytes: 1, maxRepositories: null }).expect(404);
    await admin.put('/admin/quotas/instance', { maxBytes: -1, maxRepositories: null }).expect(400);
    await limit('alice', 5, 7);
    expect((await alice.get('/namespaces/alice/usage').expect(200)).body).toMatchObject({
      maxBytes: 5,
      maxRepositories: 7,
    });
    await bob.get('/namespaces/alice/usage').expect(404);
    const { items } = (await admin.get('/admin/quotas').expect(200)).body;
    expect(items.map(({ namespace }: { namespace: string }) => namespace)).toContain('alice');
    const [entry] = await world.sql(
      `SELECT actor, object, details FROM audit_log WHERE action = 'quota.set' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry).toEqual({
      actor: 'admin',
      object: 'namespace:alice',
      details: { maxBytes: 5, maxRepositories: 7 },
    });
  });
});
