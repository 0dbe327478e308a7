import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

export let app: TestApp;
export let world: World;
export let people: Record<'alice' | 'reader' | 'writer' | 'maintainer' | 'stranger' | 'admin', Credentials>;

/** An app of its own for a file of tests, with a team and its repositories. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    people = {
      alice: await world.user('alice'),
      reader: await world.user('reader'),
      writer: await world.user('writer'),
      maintainer: await world.user('maintainer'),
      stranger: await world.user('stranger'),
      admin: app.admin,
    };
    await world.organization('team', {
      alice: 'owner',
      reader: 'reader',
      writer: 'writer',
      maintainer: 'maintainer',
    });
    await world.repository('team/private');
    await world.repository('team/public', { visibility: 'public', description: 'Open to all' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
}

export const path = (name?: string) =>
  `/api/v1/repositories${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

export function call(
  method: 'get' | 'post' | 'patch' | 'delete',
  address: string,
  who?: Credentials,
  body?: object,
): Promise<Response> {
  const request = supertest(app.url)[method](address);
  if (who) request.auth(who.username, who.password);
  return (body ? request.send(body) : request).then((response) => response);
}

export const permissionsOf = async (name: string, who?: Credentials) =>
  (await call('get', path(name), who)).body.permissions;

/** All of an answer that could tell two apart, but for the request id and the time. */
export function seen({ status, headers, text }: Response) {
  const { date, 'x-request-id': requestId, ...rest } = headers;
  return { status, headers: rest, text };
}
