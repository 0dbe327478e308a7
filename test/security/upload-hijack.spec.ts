import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { randomBlob } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('upload hijack (Quay CVE-2026-32589)', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let bob: Credentials;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    alice = await world.accessToken('alice');
    bob = await world.accessToken('bob');
    await world.repository('alice/p');
    await world.repository('bob/r');
    await world.repository('alice/shared');
    await world.grant('alice/shared', 'bob', 'writer');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** Begins alice's upload, lets `attack` at it, and expects that she finishes with her bytes and nobody else's. */
  async function aliceFinishesDespite(
    name: string,
    attack: (upload: string, digest: string) => Promise<void>,
  ) {
    const client = new RegistryClient({ url: app.url, credentials: alice });
    const blob = randomBlob(1000);
    const first = await client.sendChunk(await client.startUpload(name), blob.bytes.subarray(0, 500), 0);
    await attack(new URL(first).pathname.split('/').at(-1)!, blob.digest);
    const second = await client.sendChunk(first, blob.bytes.subarray(500), 500);
    await client.finishUpload(second, blob.digest);
    expect((await client.pullBlob(name, blob.digest)).equals(blob.bytes)).toBe(true);
  }

  const methods = ['get', 'patch', 'put', 'delete'] as const;
  const attackWith = async (
    name: string,
    authorization: string | undefined,
    upload: string,
    digest: string,
  ) => {
    const answers = [];
    for (const method of methods) {
      const request = supertest(app.url)[method](`/v2/${name}/blobs/uploads/${upload}?digest=${digest}`);
      if (authorization !== undefined) request.set('Authorization', authorization);
      const { status, body } = await (method === 'get' ? request : request.send(randomBlob().bytes));
      answers.push([status, body.errors?.[0]?.code]);
    }
    return answers;
  };
  const four = (answer: [number, string]) => methods.map(() => answer);

  it("under the owner's name: 404 with Basic, 401 with bearer and with nothing, every time", async () => {
    await aliceFinishesDespite('alice/p', async (upload, digest) => {
      const token = await bearer(app.url, ['repository:alice/p:pull,push'], bob);
      expect(await attackWith('alice/p', basic(bob), upload, digest)).toEqual(four([404, 'NAME_UNKNOWN']));
      expect(await attackWith('alice/p', token, upload, digest)).toEqual(four([401, 'UNAUTHORIZED']));
      expect(await attackWith('alice/p', undefined, upload, digest)).toEqual(four([401, 'UNAUTHORIZED']));
    });
  });

  it("under the attacker's name: no such upload; a bearer for the owner's name does not count there", async () => {
    await aliceFinishesDespite('alice/p', async (upload, digest) => {
      const own = await bearer(app.url, ['repository:bob/r:pull,push'], bob);
      const other = await bearer(app.url, ['repository:alice/p:pull,push'], bob);
      for (const authorization of [basic(bob), own]) {
        expect(await attackWith('bob/r', authorization, upload, digest)).toEqual(
          four([404, 'BLOB_UPLOAD_UNKNOWN']),
        );
      }
      expect(await attackWith('bob/r', other, upload, digest)).toEqual(four([401, 'UNAUTHORIZED']));
    });
  });

  it('in a repository that both may push to: no such upload', async () => {
    await aliceFinishesDespite('alice/shared', async (upload, digest) => {
      const own = await bearer(app.url, ['repository:alice/shared:pull,push'], bob);
      for (const authorization of [basic(bob), own]) {
        expect(await attackWith('alice/shared', authorization, upload, digest)).toEqual(
          four([404, 'BLOB_UPLOAD_UNKNOWN']),
        );
      }
    });
  });

  it("of one's own, under another name of one's own: no such upload", async () => {
    await world.repository('alice/q');
    await aliceFinishesDespite('alice/p', async (upload, digest) => {
      expect(await attackWith('alice/q', basic(alice), upload, digest)).toEqual(
        four([404, 'BLOB_UPLOAD_UNKNOWN']),
      );
    });
  });
});
