import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { descriptorOf, indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let client: RegistryClient;
let authorization: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const path = (reference: string) => `/v2/team/app/manifests/${reference}`;
const send = (method: 'get' | 'head' | 'delete', address: string) =>
  supertest(app.url)[method](address).set('Authorization', authorization);
const isThere = async (reference: string) => (await send('head', path(reference))).status === 200;

describe('deleting', () => {
  it('a tag leaves the manifest and its other tags', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'one');
    await client.putManifest('team/app', image, 'two');
    const response = await send('delete', path('one')).expect(202);
    expect(response.headers['content-length']).toBe('0');
    expect(await Promise.all(['one', 'two', image.digest].map(isThere))).toEqual([false, true, true]);
    expect((await send('delete', path('one')).expect(404)).body.errors[0].code).toBe('MANIFEST_UNKNOWN');
  });

  it('a manifest takes its tags along, and their history says so', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'three');
    await client.putManifest('team/app', image, 'four');
    await send('delete', path(image.digest)).expect(202);
    expect(await Promise.all(['three', 'four', image.digest].map(isThere))).toEqual([false, false, false]);
    expect((await send('delete', path(image.digest)).expect(404)).body.errors[0].code).toBe(
      'MANIFEST_UNKNOWN',
    );
    const rows = await world.sql(
      `SELECT tag, from_digest, to_digest FROM tag_history WHERE tag IN ('three', 'four') AND to_digest IS NULL ORDER BY tag`,
    );
    expect(rows).toEqual(
      ['four', 'three'].map((tag) => ({ tag, from_digest: image.digest, to_digest: null })),
    );
    await client.putManifest('team/app', image, 'three');
    expect(await isThere('three')).toBe(true);
  });

  it('the child of an index is refused, and the answer names the parents', async () => {
    const [child, other] = [randomImage(), randomImage()];
    const inner = indexOf([child, other]);
    const outer = indexOf([inner, other]);
    await client.push('team/app', outer, 'many');
    const parentsOf = async ({ digest }: TestManifest) => {
      const { body } = await send('delete', path(digest)).expect(405);
      expect(body.errors[0]).toMatchObject({
        code: 'UNSUPPORTED',
        message: expect.stringContaining('delete that first'),
      });
      return [...body.errors[0].detail.parents].sort();
    };
    expect(await parentsOf(child)).toEqual([inner.digest]);
    expect(await parentsOf(inner)).toEqual([outer.digest]);
    expect(await parentsOf(other)).toEqual([inner.digest, outer.digest].sort());
    expect(await isThere('many')).toBe(true);
    for (const { digest } of [outer, inner, other, child]) await send('delete', path(digest)).expect(202);
  });

  it('a tagged child is refused too, but not its tag', async () => {
    const child = randomImage();
    await client.push('team/app', indexOf([child]), 'index');
    await client.putManifest('team/app', child, 'child');
    await send('delete', path(child.digest)).expect(405);
    expect(await isThere('child')).toBe(true);
    await send('delete', path('child')).expect(202);
    expect(await isThere(child.digest)).toBe(true);
  });

  it('a subject takes along what is attached to it, by subject or by tag', async () => {
    const image = randomImage();
    const sbom = randomArtifact({ subject: descriptorOf(image) });
    const signature = randomArtifact({ subject: descriptorOf(sbom) });
    const tagged = randomArtifact();
    for (const manifest of [image, sbom, signature]) await client.push('team/app', manifest);
    await client.push('team/app', tagged, `${image.digest.replace(':', '-')}.sig`);
    await send('delete', path(image.digest)).expect(202);
    const { body } = await send('get', `/v2/team/app/referrers/${image.digest}`).expect(200);
    expect(body.manifests).toEqual([]);
    for (const { digest } of [sbom, signature, tagged]) expect(await isThere(digest)).toBe(false);
  });

  it('a subject leaves what an index lists, and what has a tag of its own beside that', async () => {
    const image = randomImage();
    const listed = randomArtifact({ subject: descriptorOf(image) });
    const ofListed = randomArtifact({ subject: descriptorOf(listed) });
    const named = randomArtifact();
    for (const manifest of [image, listed, ofListed, named]) await client.push('team/app', manifest);
    await client.push('team/app', indexOf([listed]), 'list');
    for (const tag of [`${image.digest.replace(':', '-')}.att`, 'named'])
      await client.putManifest('team/app', named, tag);
    await send('delete', path(image.digest)).expect(202);
    for (const { digest } of [listed, ofListed, named]) expect(await isThere(digest)).toBe(true);
  });

  it('is of one repository alone', async () => {
    const image = randomImage();
    for (const repository of ['team/app', 'team/other']) await client.push(repository, image, 'both');
    await send('delete', path(image.digest)).expect(202);
    expect(await client.pullManifest('team/other', 'both')).toEqual(image.bytes);
  });
});
