import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { type Content, randomBlob } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let alice: Credentials;
let bob: Credentials;
let client: RegistryClient;
let blob: Content;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  await world.user('alice');
  await world.user('bob');
  alice = await world.accessToken('alice');
  bob = await world.accessToken('bob');
  client = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  blob = randomBlob(100_000);
  await client.pushBlob('alice/source', blob);
  await world.repository('alice/public', { visibility: 'public' });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const mount = (into: string, query: string, authorization = basic(alice)) =>
  supertest(app.url).post(`/v2/${into}/blobs/uploads/?${query}`).set('Authorization', authorization);
let made = 0;
/** A repository that nothing was mounted into yet. */
const target = (owner = 'alice') => `${owner}/target${made++}`;

describe('a mount', () => {
  it.each([
    ['with the repository that has it', () => `mount=${blob.digest}&from=alice/source`],
    ['without one', () => `mount=${blob.digest}`],
  ])('%s answers the blob, and no byte is copied', async (_how, query) => {
    const into = target();
    const response = await mount(into, query()).expect(201);
    expect(response.headers).toMatchObject({
      location: `/v2/${into}/blobs/${blob.digest}`,
      'docker-content-digest': blob.digest,
      'content-length': '0',
    });
    expect((await client.pullBlob(into, blob.digest)).equals(blob.bytes)).toBe(true);
    expect(await world.sql('SELECT id FROM blobs WHERE digest = $1', [blob.digest])).toHaveLength(1);
    expect(await world.sql('SELECT id FROM uploads')).toEqual([]);
    await mount(into, query()).expect(201);
    await mount(into, `mount=${blob.digest}&from=${into}`).expect(201);
  });

  it('by sha512 answers the blob', async () => {
    const long = randomBlob(100, 'sha512');
    await client.pushBlob('alice/source', long);
    await mount(target(), `mount=${long.digest}&from=alice/source`).expect(201);
  });

  it('knows a repository of the library by both names', async () => {
    const admin = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    const official = randomBlob();
    await admin.pushBlob('alpine', official);
    await world.sql(`UPDATE repositories SET visibility = 'public' WHERE name = 'library/alpine'`);
    for (const from of ['alpine', 'library/alpine']) {
      await mount(target(), `mount=${official.digest}&from=${from}`).expect(201);
    }
  });

  it.each([
    ['a blob that is nowhere', () => `mount=${randomBlob().digest}`],
    ['a blob that is not there', () => `mount=${blob.digest}&from=alice/public`],
    ['a repository that is not there', () => `mount=${blob.digest}&from=alice/nothing`],
    ["somebody else's", () => `mount=${blob.digest}&from=bob/nothing`],
    ['an empty from', () => `mount=${randomBlob().digest}&from=alice/source`],
  ])('of %s is an ordinary upload', async (_what, query) => {
    const into = target();
    const other = randomBlob();
    const response = await mount(into, query()).expect(202);
    expect(response.headers).toMatchObject({ range: '0-0', 'content-length': '0' });
    expect(response.headers.location).toMatch(new RegExp(`^/v2/${into}/blobs/uploads/[0-9a-f-]{36}$`));
    await supertest(app.url)
      .put(`${response.headers.location}?digest=${other.digest}`)
      .set('Authorization', basic(alice))
      .send(other.bytes)
      .expect(201);
    expect(await client.hasBlob(into, other.digest)).toBe(true);
  });

  it.each([
    ['mount=sha256:abc', 'DIGEST_INVALID'],
    ['mount=', 'DIGEST_INVALID'],
    [`mount=sha256:${'0'.repeat(64)}&from=UPPER/case`, 'NAME_INVALID'],
    [`mount=sha256:${'0'.repeat(64)}&from=a%2F..%2Fb`, 'NAME_INVALID'],
    [`mount=sha256:${'0'.repeat(64)}&from=a%00b`, 'NAME_INVALID'],
  ])('%s is refused', async (query, code) => {
    const response = await mount(target(), query).expect(400);
    expect(response.body.errors[0].code).toBe(code);
  });
});

describe('a mount with a registry token', () => {
  it('that has no entry for the source is sent back for both, before anything is looked up', async () => {
    const into = target();
    const authorization = await bearer(app.url, [`repository:${into}:pull,push`], alice);
    for (const from of ['alice/source', 'alice/nothing', 'bob/private']) {
      const statements = await app.countSql(async () => {
        const response = await mount(into, `mount=${blob.digest}&from=${from}`, authorization).expect(401);
        expect(response.headers['www-authenticate']).toBe(
          `Bearer realm="http://${app.host}/token",service="${app.host}",` +
            `scope="repository:${into}:pull,push repository:${from}:pull",error="insufficient_scope"`,
        );
      });
      expect(statements).toEqual([]);
    }
  });

  it('for both answers the blob', async () => {
    const into = target();
    const scopes = [`repository:${into}:pull,push`, 'repository:alice/source:pull'];
    await mount(into, `mount=${blob.digest}&from=alice/source`, await bearer(app.url, scopes, alice)).expect(
      201,
    );
  });

  it('that was refused the source is an ordinary upload', async () => {
    const into = target('bob');
    const scopes = [`repository:${into}:pull,push`, 'repository:alice/source:pull'];
    await mount(into, `mount=${blob.digest}&from=alice/source`, await bearer(app.url, scopes, bob)).expect(
      202,
    );
  });

  it('for the source alone is not enough', async () => {
    const into = target();
    const authorization = await bearer(app.url, ['repository:alice/source:pull'], alice);
    const response = await mount(into, `mount=${blob.digest}&from=alice/source`, authorization).expect(401);
    expect(response.headers['www-authenticate']).toContain(`scope="repository:${into}:pull,push"`);
  });
});

describe('a mount without a source', () => {
  it('looks where the principal may pull now, and nowhere else', async () => {
    await mount(target('bob'), `mount=${blob.digest}`, basic(bob)).expect(202);
    await world.grant('alice/source', 'bob', 'reader');
    await mount(target('bob'), `mount=${blob.digest}`, basic(bob)).expect(201);
    await world.sql(`DELETE FROM repository_grants`);
    const open = randomBlob();
    await client.pushBlob('alice/public', open);
    await mount(target('bob'), `mount=${open.digest}`, basic(bob)).expect(201);
  });
});
