import { decodeJwt } from 'jose';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

export interface Claims {
  sub: string;
  access: { type: string; name: string; actions: string[] }[];
  berth: { credential: object; repositories: Record<string, string> };
}

export let app: TestApp;
export let world: World;
export let alice: Credentials;
export let bob: Credentials;
export let privateId: string;
export let publicId: string;

/** An app of its own for a file of tests, with people and repositories. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    alice = await world.user('alice');
    bob = await world.user('bob');
    privateId = await world.repository('alice/private');
    publicId = await world.repository('alice/public', { visibility: 'public' });
    await world.organization('team', { bob: 'writer' });
    await world.repository('team/app');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
}

export function getToken(query: string, credentials?: Credentials): Promise<Response> {
  const request = supertest(app.url).get(`/token${query}`);
  return credentials
    ? request.auth(credentials.username, credentials.password).then((r) => r)
    : request.then((r) => r);
}

export function postToken(form: object): Promise<Response> {
  return supertest(app.url)
    .post('/token')
    .type('form')
    .send({ client_id: 'test', ...form })
    .then((r) => r);
}

export const claimsOf = ({ body }: Response): Claims => decodeJwt(body.token) as unknown as Claims;
export const actionsOf = async (scope: string, credentials?: Credentials): Promise<string[] | undefined> =>
  claimsOf(await getToken(`?scope=${scope}`, credentials)).access[0]?.actions;
