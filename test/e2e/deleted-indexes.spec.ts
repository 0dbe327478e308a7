import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { descriptorOf, indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('an index that is deleted over /api/v1', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let client: RegistryClient;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.organization('team', { alice: 'owner' });
    const credentials = await world.accessToken('alice');
    alice = apiOf(app, credentials);
    client = new RegistryClient({ url: app.url, credentials });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** In a repository of its own. */
  async function push(index: TestManifest, tag: string): Promise<void> {
    name = `team/app${count++}`;
    await client.push(name, index, tag);
  }
  const path = (rest: string) => `/repositories/${encodeURIComponent(name)}${rest}`;
  const remove = ({ digest }: TestManifest) => alice.delete(path(`/manifests/${digest}`));
  const there = async (...manifests: TestManifest[]) => {
    const statuses = manifests.map(({ digest }) => client.request('HEAD', `/v2/${name}/manifests/${digest}`));
    return (await Promise.all(statuses)).map(({ status }) => status === 200);
  };
  const restore = async (location: string) => {
    const { body } = await alice.post(`${location.replace('/api/v1', '')}/restore`).expect(200);
    return body;
  };

  it('takes its children, what they list and what is attached to them along, and brings them back', async () => {
    const [one, two, three] = [randomImage(), randomImage(), randomImage()];
    const inner = indexOf([two, three]);
    const outer = indexOf([one, inner]);
    const [sbom, signature] = [randomArtifact({ subject: descriptorOf(two) }), randomArtifact()];
    await push(outer, 'v1');
    await client.push(name, sbom);
    await client.push(name, signature, `${one.digest.replace(':', '-')}.sig`);
    const all = [outer, inner, one, two, three, sbom, signature];
    const location = (await remove(outer).expect(204)).headers.location!;
    expect(await there(...all)).toEqual(all.map(() => false));
    const { body: trash } = await alice.get(path('/trash')).expect(200);
    expect(trash.items).toMatchObject([
      { digest: outer.digest, tags: ['v1'], attachedCount: all.length - 1 },
    ]);
    expect((await restore(location)).digests).toEqual(all.map(({ digest }) => digest).sort());
    expect(await there(...all)).toEqual(all.map(() => true));
    await remove(one).expect(409);
  });

  it('leaves a child that has a tag of its own, or that another index lists, with what is attached', async () => {
    const [tagged, listed, nested, alone] = [randomImage(), randomImage(), randomImage(), randomImage()];
    const inner = indexOf([nested]);
    const index = indexOf([tagged, listed, inner, alone]);
    const other = indexOf([listed, inner]);
    const [sbom, signature] = [randomArtifact({ subject: descriptorOf(nested) }), randomArtifact()];
    await push(index, 'v1');
    await client.push(name, tagged, 'amd64');
    await client.push(name, other);
    await client.push(name, sbom);
    await client.push(name, signature, `${listed.digest.replace(':', '-')}.sig`);
    const location = (await remove(index).expect(204)).headers.location!;
    const [kept, gone] = [
      [tagged, listed, inner, nested, other, sbom, signature],
      [index, alone],
    ];
    expect(await there(...kept)).toEqual(kept.map(() => true));
    expect(await there(...gone)).toEqual(gone.map(() => false));
    expect(await client.pullManifest(name, `${listed.digest.replace(':', '-')}.sig`)).toEqual(
      signature.bytes,
    );
    await restore(location);
    expect(await there(...kept, ...gone)).toEqual([...kept, ...gone].map(() => true));
  });

  it('over /v2 goes alone: clients name what they mean', async () => {
    const child = randomImage();
    const index = indexOf([child]);
    await push(index, 'v1');
    await client.expect([202], 'DELETE', `/v2/${name}/manifests/${index.digest}`);
    expect(await there(index, child)).toEqual([false, true]);
    await client.expect([202], 'DELETE', `/v2/${name}/manifests/${child.digest}`);
  });

  it('tells which tags and manifests an index needs', async () => {
    const child = randomImage();
    const index = indexOf([child]);
    await push(index, 'v1');
    await client.putManifest(name, child, 'amd64');
    const { body } = await alice.get(path('/tags?sort=name')).expect(200);
    expect(
      body.items.map(({ name, isNeededByIndex }: Record<string, unknown>) => [name, isNeededByIndex]),
    ).toEqual([
      ['amd64', true],
      ['v1', false],
    ]);
    expect((await alice.get(path('/tags/amd64')).expect(200)).body.indexes).toEqual([index.digest]);
    expect((await alice.get(path('/tags/v1')).expect(200)).body.indexes).toEqual([]);
  });
});
