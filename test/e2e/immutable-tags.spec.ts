import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('immutable tags', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let bob: Api;
  let client: RegistryClient;
  const rules = '/repositories/team%2Fapp/lifecycle';

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'bob', 'carol']) await world.user(name);
    await world.organization('team', { alice: 'owner', bob: 'writer', carol: 'maintainer' });
    const owner = await world.accessToken('alice');
    alice = apiOf(app, owner);
    bob = apiOf(app, await world.accessToken('bob'));
    client = new RegistryClient({ url: app.url, credentials: owner, scheme: 'basic' });
    await world.repository('team/app');
    await alice.put(rules, { immutableTags: ['v*', '!v0.*'] }).expect(200);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const put = async (image: TestManifest, reference: string, query = '') => {
    for (const blob of image.blobs) await client.pushBlob('team/app', blob);
    const headers = { 'content-type': image.mediaType };
    const answer = await client.request('PUT', `/v2/team/app/manifests/${reference}${query}`, {
      headers,
      body: image.bytes,
    });
    return {
      status: answer.status,
      error: answer.ok ? undefined : ((await answer.json()) as { errors: unknown[] }).errors[0],
    };
  };
  const remove = async (reference: string) =>
    (await client.request('DELETE', `/v2/team/app/manifests/${reference}`)).status;

  it('take another digest by no kind of push, and the same one by all', async () => {
    const [first, other] = [randomImage(), randomImage()];
    expect((await put(first, 'v1')).status).toBe(201);
    const refused = await put(other, 'v1');
    expect(refused).toMatchObject({
      status: 403,
      error: { code: 'DENIED', message: '"v1" is immutable here and cannot be moved: push another tag.' },
    });
    expect((await put(other, other.digest, '?tag=v1&tag=free')).status).toBe(403);
    expect((await client.request('HEAD', '/v2/team/app/manifests/free')).status).toBe(404);
    expect((await client.request('HEAD', `/v2/team/app/manifests/${other.digest}`)).status).toBe(404);
    expect((await put(first, 'v1')).status).toBe(201);
    expect((await put(first, first.digest, '?tag=v1&tag=v2')).status).toBe(201);
    expect(await client.pullManifest('team/app', 'v1')).toEqual(first.bytes);
  });

  it('stay when they, or what they are on, are deleted', async () => {
    const image = randomImage();
    const index = indexOf([image]);
    await client.push('team/app', index, 'v3');
    await client.putManifest('team/app', index, 'three');
    expect(await remove('v3')).toBe(403);
    expect(await remove(index.digest)).toBe(403);
    expect(await remove(image.digest)).toBe(405);
    const tags = '/repositories/team%2Fapp/tags';
    const { body } = await alice.delete(`${tags}/v3`).expect(403);
    expect(body.detail).toBe('"v3" is immutable here and cannot be deleted.');
    await alice.delete(`/repositories/team%2Fapp/manifests/${index.digest}`).expect(403);
    expect(await remove('three')).toBe(202);
    expect(await client.pullManifest('team/app', 'v3')).toEqual(index.bytes);
    const listed = (await alice.get(`${tags}?q=v3`).expect(200)).body.items;
    expect(listed).toMatchObject([{ name: 'v3', isImmutable: true, expiresAt: null }]);
    const held = { tag: 'v3', pattern: 'v*', of: 'repository' };
    expect(listed[0].immutableBy).toEqual(held);
    expect((await alice.get(`${tags}/v3`).expect(200)).body).toMatchObject({ immutableBy: held });
    const manifest = `/repositories/team%2Fapp/manifests/${index.digest}`;
    expect((await alice.get(manifest).expect(200)).body).toMatchObject({
      immutableBy: held,
      expiresAt: null,
    });
    await client.putManifest('team/app', index, 'free-of-rules');
    const { body: free } = await alice.get(`${tags}/free-of-rules`).expect(200);
    expect(free.immutableBy).toBeNull();
    expect(await remove('free-of-rules')).toBe(202);
  });

  it('are none by exceptions, and none of those that attach things', async () => {
    const tag = `${randomImage().digest.replace(':', '-')}.sig`;
    await alice.put(rules, { immutableTags: ['*', '!v0.*'] }).expect(200);
    for (const name of ['v0.1', tag]) {
      expect((await put(randomArtifact(), name)).status).toBe(201);
      expect((await put(randomArtifact(), name)).status).toBe(201);
      expect(await remove(name)).toBe(202);
    }
    await alice.put(rules, { immutableTags: ['v*', '!v0.*'] }).expect(200);
  });

  it('hold one digest of many that are pushed at once', async () => {
    const images = Array.from({ length: 8 }, () => randomImage());
    const answers = await Promise.all(images.map((image) => put(image, 'v9')));
    const winners = images.filter((_, index) => answers[index]!.status === 201);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(403)]);
    expect(await client.pullManifest('team/app', 'v9')).toEqual(winners[0]!.bytes);
  });

  it('are not moved by the activity', async () => {
    const [first, second] = [randomImage(), randomImage()];
    await client.push('team/app', first, 'later');
    await client.push('team/app', second, 'later');
    await alice.put(rules, { immutableTags: ['later'] }).expect(200);
    const [move] = (await alice.get('/repositories/team%2Fapp/activity?tag=later').expect(200)).body.items;
    await alice.post(`/repositories/team%2Fapp/activity/${move.id}/restore`).expect(403);
    expect(await client.pullManifest('team/app', 'later')).toEqual(second.bytes);
    await alice.put(rules, { immutableTags: ['v*', '!v0.*'] }).expect(200);
    await alice.post(`/repositories/team%2Fapp/activity/${move.id}/restore`).expect(200);
  });

  it('of a namespace hold in each of its repositories', async () => {
    await alice.put('/namespaces/team/lifecycle', { immutableTags: ['release-*'] }).expect(200);
    expect((await put(randomImage(), 'release-1')).status).toBe(201);
    expect((await put(randomImage(), 'release-1')).status).toBe(403);
    const { body } = await alice.get(rules).expect(200);
    expect(body).toMatchObject({
      own: { immutableTags: ['v*', '!v0.*'] },
      ofNamespace: { immutableTags: ['release-*'] },
    });
    const { body: tag } = await alice.get('/repositories/team%2Fapp/tags/release-1').expect(200);
    expect(tag.immutableBy).toEqual({ tag: 'release-1', pattern: 'release-*', of: 'namespace' });
  });

  it('are told by the patterns that cover them', async () => {
    await world.repository('team/covered');
    const covered = '/repositories/team%2Fcovered/lifecycle';
    for (const tag of ['v0.1', 'v1', 'v1.10', 'v1.9', 'release-7', 'pr-1', `sha256-${'a'.repeat(64)}.sig`])
      await client.push('team/covered', randomImage(), tag);
    const expiry = { tags: ['pr-*', '!pr-2'], after: '2h' };
    await alice.put(covered, { immutableTags: ['v?', 'v*', '!v0.*', 'sha256-*'], expiry }).expect(200);
    const { body } = await alice.get(`${covered}/coverage`).expect(200);
    const own = (pattern: string, ...tags: string[]) => ({
      pattern,
      of: 'repository',
      tagCount: tags.length,
      tags,
    });
    expect(body).toEqual({
      immutable: [
        own('v?', 'v1'),
        own('v*', 'v1.10', 'v1.9', 'v1'),
        own('!v0.*', 'v0.1'),
        own('sha256-*'),
        { ...own('release-*', 'release-7'), of: 'namespace' },
      ],
      expiring: [own('pr-*', 'pr-1'), own('!pr-2')],
    });
    await bob.get(`${covered}/coverage`).expect(403);
  });

  it('are set by maintainers, of a namespace by owners, and never by who only pushes', async () => {
    const carol = apiOf(app, await world.accessToken('carol'));
    await bob.put(rules, {}).expect(403);
    await bob.put('/namespaces/team/lifecycle', {}).expect(403);
    await carol.put('/namespaces/team/lifecycle', {}).expect(403);
    await carol.get(rules).expect(200);
    expect((await alice.get(rules)).body.own.immutableTags).toEqual(['v*', '!v0.*']);
  });

  it.each([
    { body: { immutableTags: ['v/*'] }, says: 'must be a tag in which * stands for any characters' },
    { body: { immutableTags: ['(a+)+$'] }, says: 'must be a tag in which * stands for any characters' },
    { body: { immutableTags: Array(51).fill('v*') }, says: '50' },
    { body: { expiry: { tags: ['pr-*'], after: '2 hours' } }, says: 'must be a number and m, h, d or w' },
    { body: { expiry: { tags: ['!pr-*'], after: '2h' } }, says: 'exceptions alone match nothing' },
    { body: { retention: { rules: [{ tags: ['*'] }] } }, says: 'must say what is kept' },
    { body: { retention: { rules: [], untaggedAfter: '99999w' } }, says: 'ten years' },
    { body: { immutable: [] }, says: 'immutable' },
  ])('refuse what is no rule: $says', async ({ body, says }) => {
    const answer = await alice.put(rules, body).expect(400);
    expect(answer.body.detail).toContain(says);
  });
});
