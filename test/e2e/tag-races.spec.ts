import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let client: RegistryClient;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

describe('one tag that 50 writers move at once', () => {
  it('ends at one of theirs, and its history has all of them in one line', async () => {
    const images = Array.from({ length: 50 }, () => randomImage());
    for (const image of images) await client.push('team/raced', image);
    const answers = await Promise.all(
      images.map(({ bytes, mediaType }) =>
        client.request('PUT', '/v2/team/raced/manifests/raced', {
          headers: { 'content-type': mediaType },
          body: bytes,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const moves = await world.sql<{ from_digest: string | null; to_digest: string }>(
      `SELECT from_digest, to_digest FROM tag_history WHERE tag = 'raced' ORDER BY id`,
    );
    expect(moves.map(({ to_digest }) => to_digest).sort()).toEqual(images.map(({ digest }) => digest).sort());
    expect(moves.map(({ from_digest }) => from_digest)).toEqual([
      null,
      ...moves.slice(0, -1).map((move) => move.to_digest),
    ]);
    const winner = await client.expect([200], 'HEAD', '/v2/team/raced/manifests/raced');
    expect(winner.headers.get('docker-content-digest')).toBe(moves.at(-1)!.to_digest);
  });

  it('to one manifest becomes one manifest, one tag and one move', async () => {
    const image = randomImage();
    for (const blob of image.blobs) await client.pushBlob('team/raced', blob);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        client.request('PUT', '/v2/team/raced/manifests/same', {
          headers: { 'content-type': image.mediaType },
          body: image.bytes,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const count = async (sql: string, value: string) => (await world.sql(sql, [value])).length;
    expect(await count('SELECT id FROM manifests WHERE digest = $1', image.digest)).toBe(1);
    expect(await count(`SELECT FROM tag_history WHERE tag = 'same' AND to_digest = $1`, image.digest)).toBe(
      1,
    );
    expect(
      await count(
        'SELECT FROM manifest_references r JOIN manifests m ON m.id = r.manifest_id WHERE m.digest = $1',
        image.digest,
      ),
    ).toBe(image.blobs.length);
  });

  it('among many tags, in any order, never stops the others', async () => {
    const images = Array.from({ length: 20 }, () => randomImage());
    for (const image of images) await client.push('team/raced', image);
    const tags = Array.from({ length: 10 }, (_, n) => `m${n}`);
    const answers = await Promise.all(
      images.map(({ bytes, mediaType, digest }, n) => {
        const query = (n % 2 ? tags : [...tags].reverse()).map((tag) => `tag=${tag}`).join('&');
        const request = { headers: { 'content-type': mediaType }, body: bytes };
        return client.request('PUT', `/v2/team/raced/manifests/${digest}?${query}`, request);
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const digests = await Promise.all(
      tags.map(async (tag) =>
        (await client.request('HEAD', `/v2/team/raced/manifests/${tag}`)).headers.get('etag'),
      ),
    );
    expect(new Set(digests).size).toBe(1);
  });
});
