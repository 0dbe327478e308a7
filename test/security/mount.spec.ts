import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { type Content, randomBlob } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** P is a private repository of alice, d a blob in it, and bob is somebody else. */
describe('mount from an unreadable repository (zot CVE-2024-39897)', () => {
  let app: TestApp;
  let world: World;
  let bob: Credentials;
  let d: Content;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    bob = await world.accessToken('bob');
    d = randomBlob();
    const owner = new RegistryClient({
      url: app.url,
      credentials: await world.accessToken('alice'),
      scheme: 'basic',
    });
    await owner.pushBlob('alice/p', d);
    await world.repository('bob/r');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** Everything that a client can see of an answer and how many round trips it took, but for ids and the time. */
  async function answerOf(authorization: string, method: 'post' | 'put', path: string, body?: Buffer) {
    let seen: unknown;
    let location = '';
    const statements = await app.countSql(async () => {
      const response = await supertest(app.url)[method](path).set('Authorization', authorization).send(body);
      const { date: _, ...headers } = response.headers;
      location = headers.location ?? '';
      const text = JSON.stringify({ status: response.status, headers, text: response.text });
      seen = text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>');
    });
    return { seen, location, roundTrips: statements.length };
  }
  const uploads = '/v2/bob/r/blobs/uploads/';

  it.each([
    ['P', 'from=alice/p'],
    ['P, among others', 'from=alice/p&from=alice/p'],
    ['nowhere', ''],
  ])('from %s: 202, byte-identical to a missing d, with the same work', async (_from, from) => {
    const scopes = ['repository:bob/r:pull,push', 'repository:alice/p:pull', 'repository:alice/absent:pull'];
    for (const authorization of [basic(bob), await bearer(app.url, scopes, bob)]) {
      const absentName = from.replaceAll('alice/p', 'alice/absent');
      const ask = (digest: string, source: string) =>
        answerOf(authorization, 'post', `${uploads}?mount=${digest}&${source}`);
      const { location: _1, ...there } = await ask(d.digest, from);
      const { location: _2, ...missing } = await ask(randomBlob().digest, from);
      const { location: _3, ...absent } = await ask(d.digest, absentName);
      expect(there.seen).toContain('"status":202');
      expect(there).toEqual(missing);
      expect(there).toEqual(absent);
    }
    const reading = new RegistryClient({ url: app.url, credentials: bob, scheme: 'basic' });
    expect(await reading.hasBlob('bob/r', d.digest)).toBe(false);
  });

  it('uploading does the same work whether or not d exists', async () => {
    const fresh = randomBlob();
    const results = [];
    for (const blob of [d, fresh]) {
      const begun = await answerOf(basic(bob), 'post', uploads);
      const ended = await answerOf(basic(bob), 'put', `${begun.location}?digest=${blob.digest}`, blob.bytes);
      results.push({
        seen: String(ended.seen).replaceAll(blob.digest, '<digest>'),
        roundTrips: ended.roundTrips,
      });
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]!.seen).toContain('"status":201');
    const reading = new RegistryClient({ url: app.url, credentials: bob, scheme: 'basic' });
    expect((await reading.pullBlob('bob/r', d.digest)).equals(d.bytes)).toBe(true);
  });
});
