import { generateSecret, hashSecret } from '@berth/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CredentialUses } from '../../apps/registry-api/src/access/credential-uses.js';
import { RefusedRequests } from '../../apps/registry-api/src/access/refused-requests.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let admin: Api;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  admin = apiOf(app, await world.accessToken('admin'));
});
afterAll(async () => {
  await world.close();
  await app.close();
});

type Entry = Record<string, unknown>;

/** What is written after answers are sent, once there is as much of it. */
async function entries(query: string, count: number): Promise<Entry[]> {
  return eventually(`${count} of ${query}`, async () => {
    await app.nest.get(CredentialUses, { strict: false }).flush();
    await app.nest.get(RefusedRequests, { strict: false }).flush();
    const { body } = await admin.get(`/admin/audit?${query}`).expect(200);
    const items = body.items as Entry[];
    return items.length >= count ? items : undefined;
  });
}
const login = (credentials: Credentials, at = app) =>
  fetch(`${at.url}/token?service=${at.host}`, { headers: { authorization: basic(credentials) } });

describe('a sign-in by a secret in the audit log', () => {
  it('is the first use in an hour from an address, whatever it was used for', async () => {
    await world.user('alice');
    const ci = await world.accessToken('alice');
    for (let use = 0; use < 3; use++) expect((await login(ci)).status).toBe(200);
    await apiOf(app, ci).get('/me').expect(200);
    await fetch(`${app.url}/v2/_catalog`, { headers: { authorization: await bearer(app.url, [], ci) } });
    const uses = app.nest.get(CredentialUses, { strict: false });
    for (const address of ['192.0.2.7', '192.0.2.8', '192.0.2.7'])
      uses.note({ kind: 'access_token', secretHash: hashSecret(ci.password) }, address);
    const found = await entries('actor=alice&action=credential.use', 3);
    expect(found.map(({ address }) => address).sort()).toEqual(['127.0.0.1', '192.0.2.7', '192.0.2.8']);
    expect(found[0]).toMatchObject({
      actor: 'alice',
      credential: 'access token test',
      object: 'user:alice',
      result: 'done',
      details: { id: expect.stringMatching(/^\d+$/) },
    });
  });

  it('is recorded once by several processes', async () => {
    await world.organization('team');
    const robot = await world.robot('team', 'ci');
    const second = await startApp({ replicaOf: app });
    expect((await login(robot)).status).toBe(200);
    await entries('object=robot:robot%2Bteam%2Bci', 1);
    expect((await login(robot, second)).status).toBe(200);
    await second.close();
    expect(await entries('object=robot:robot%2Bteam%2Bci', 1)).toEqual([
      expect.objectContaining({ actor: robot.username, credential: 'robot', result: 'done' }),
    ]);
  });

  it('is recorded again an hour later', async () => {
    await world.user('bea');
    const token = await world.accessToken('bea');
    await login(token);
    await entries('actor=bea', 1);
    await world.sql(`UPDATE audit_log SET at = at - interval '61 minutes' WHERE actor = 'bea'`);
    const later = await startApp({ replicaOf: app });
    await login(token, later);
    await later.close();
    expect(await entries('actor=bea', 2)).toHaveLength(2);
  });

  it('costs no statement that a pull waits for', async () => {
    await world.user('cleo');
    const token = await world.accessToken('cleo');
    const authorization = await bearer(app.url, ['repository:cleo/app:pull'], token);
    const client = new RegistryClient({ url: app.url, credentials: token });
    const image = randomImage();
    await client.push('cleo/app', image, 'latest');
    const statements = await app.countSql(async () => {
      await fetch(`${app.url}/v2/cleo/app/manifests/latest`, { headers: { authorization } });
    });
    expect(statements).toHaveLength(1);
  });

  it('that was refused is there with the reason, once a minute: by Basic under /v2 too', async () => {
    await world.user('dora');
    const expired = await world.accessToken('dora', { expiresAt: new Date(Date.now() - 1000) });
    await world.repository('dora/app');
    for (let attempt = 0; attempt < 3; attempt++) {
      const { status } = await fetch(`${app.url}/v2/dora/app/tags/list`, {
        headers: { authorization: basic(expired) },
      });
      expect(status).toBe(401);
    }
    await apiOf(app, expired).get('/repositories/dora%2Fapp').expect(401);
    await login(expired);
    expect(await entries('actor=dora', 1)).toEqual([
      expect.objectContaining({
        action: 'credential.use',
        credential: 'access token test',
        result: 'refused',
        details: { reason: 'expired' },
      }),
    ]);
  });

  it('with a secret that nobody has is recorded once a minute for an address', async () => {
    const guesses = [generateSecret('pat'), generateSecret('pat'), generateSecret('robot')];
    for (const password of guesses) expect((await login({ username: 'emil', password })).status).toBe(401);
    const mistyped = `${generateSecret('pat').slice(0, -1)}!`;
    expect((await login({ username: 'emil', password: mistyped })).status).toBe(401);
    const found = await entries('action=credential.use&result=refused&actor=emil', 1);
    expect(found).toEqual([expect.objectContaining({ object: 'user:emil', details: { reason: 'unknown' } })]);
    expect(JSON.stringify(found)).not.toContain(guesses[0]);
  });
});

describe('a refused change under /v2 in the audit log', () => {
  beforeAll(async () => {
    await world.user('owner');
    await world.user('reader');
    await world.repository('owner/app');
    await world.grant('owner/app', 'reader', 'reader');
  });
  const refusedTo = (actor: string, count: number) => entries(`actor=${actor}&result=refused`, count);

  it.each(['bearer', 'basic'] as const)('is there by %s, once a minute for a repository', async (scheme) => {
    const credentials = await world.accessToken('reader', {});
    const client = new RegistryClient({ url: app.url, credentials, scheme });
    await world.sql(`DELETE FROM audit_log WHERE actor = 'reader'`);
    for (let attempt = 0; attempt < 3; attempt++)
      await expect(client.startUpload('owner/app')).rejects.toThrow(/40[13]/);
    const { digest } = randomImage();
    for (const path of ['manifests/latest', `manifests/${digest}`, `blobs/${digest}`])
      expect((await client.request('DELETE', `/v2/owner/app/${path}`)).status).toBe(
        scheme === 'basic' ? 403 : 401,
      );
    const found = await refusedTo('reader', 4);
    expect(found.map(({ action }) => action).sort()).toEqual([
      'blob.delete',
      'manifest.delete',
      'manifest.push',
      'tag.delete',
    ]);
    expect(found[0]).toMatchObject({
      object: 'repository:owner/app',
      credential: 'access token test',
      address: '127.0.0.1',
      details: { status: scheme === 'basic' ? 403 : 401 },
    });
  });

  it('is there for a repository that one may not see', async () => {
    await world.user('stranger');
    const credentials = await world.accessToken('stranger');
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    await expect(client.startUpload('owner/app')).rejects.toThrow('404');
    expect(await refusedTo('stranger', 1)).toEqual([
      expect.objectContaining({ action: 'manifest.push', details: { status: 404 } }),
    ]);
  });

  it('is none when a token merely covers less than its owner may do, or nothing was there', async () => {
    const credentials = await world.accessToken('owner');
    const authorization = await bearer(app.url, ['repository:owner/app:pull'], credentials);
    const answer = await fetch(`${app.url}/v2/owner/app/blobs/uploads/`, {
      method: 'POST',
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
    const client = new RegistryClient({ url: app.url, credentials });
    await client.expect([404], 'DELETE', '/v2/owner/app/manifests/absent');
    await world.user('last');
    const other = new RegistryClient({ url: app.url, credentials: await world.accessToken('last') });
    await expect(other.startUpload('owner/app')).rejects.toThrow('401');
    await refusedTo('last', 1);
    expect((await admin.get('/admin/audit?actor=owner&result=refused').expect(200)).body.items).toEqual([]);
  });

  it('is none of nobody', async () => {
    const anonymous = new RegistryClient({ url: app.url });
    await expect(anonymous.startUpload('owner/app')).rejects.toThrow('401');
    await app.nest.get(RefusedRequests, { strict: false }).flush();
    const { body } = await admin.get('/admin/audit?actor=anonymous').expect(200);
    expect(body.items).toEqual([]);
  });
});
