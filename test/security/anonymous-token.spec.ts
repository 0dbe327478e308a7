import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('anonymous token reads private (Gitea CVE-2026-27771)', () => {
  let app: TestApp;
  let world: World;
  let image: TestManifest;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    const client = new RegistryClient({ url: app.url, credentials: await world.accessToken('alice') });
    image = randomImage();
    await client.push('alice/p', image, 'latest');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function tokenFor(name: string): Promise<string> {
    const response = await fetch(`${app.url}/token?scope=repository:${name}:pull`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { token: string }).token;
  }

  /** The answer but for what names the request or the name. */
  async function answerTo(path: string, name: string, token: string) {
    const response = await fetch(`${app.url}/v2/${name}/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const headers = Object.fromEntries(response.headers);
    for (const own of ['date', 'x-request-id']) delete headers[own];
    const text = JSON.stringify({ status: response.status, headers, body: await response.text() });
    return { status: response.status, text: text.replaceAll(name, 'NAME') };
  }

  it.each([`manifests/latest`, 'manifests/DIGEST', 'blobs/CONFIG', 'tags/list', 'referrers/DIGEST'])(
    'token without credentials, then %s: no actions, 401, as for an absent name',
    async (template) => {
      const path = template.replace('DIGEST', image.digest).replace('CONFIG', image.blobs[0]!.digest);
      const answers = [];
      for (const name of ['alice/p', 'alice/q']) {
        const token = await tokenFor(name);
        const { access, berth } = decodeJwt<{ access: object[]; berth: object }>(token);
        expect(access).toEqual([{ type: 'repository', name, actions: [] }]);
        expect(berth).toEqual({ credential: { kind: 'anonymous' }, repositories: {} });
        answers.push(await answerTo(path, name, token));
      }
      expect(answers[0]?.status).toBe(401);
      expect(answers[0]).toEqual(answers[1]);
    },
  );
});
