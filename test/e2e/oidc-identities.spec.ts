import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { type Browser, signIn } from '../support/browser.js';
import { nameOf, ProviderSignIn, refusalOf } from '../support/provider-sign-in.js';

const person = { sub: 'w', preferred_username: 'somebody-else' };

describe('linking an account with a provider', () => {
  let berth: ProviderSignIn;
  let wanda: Browser;
  beforeAll(async () => {
    berth = await ProviderSignIn.start();
    wanda = await signInAs('wanda');
  });
  afterAll(() => berth.close());

  const signInAs = async (username: string) => signIn(berth.app, await berth.world.user(username));

  it('makes the identity one of who is signed in, and keeps the session', async () => {
    const { url } = await berth.link(wanda, person);
    expect(url.href).toBe(berth.here('/settings/security?tab=1'));
    const { body } = await wanda.get('/me/identities').expect(200);
    const [createdAt, lastSignInAt] = [expect.any(String), expect.any(String)];
    expect(body.items).toEqual([{ provider: 'corp', displayName: 'somebody-else', createdAt, lastSignInAt }]);
    expect(await nameOf((await berth.comeFrom(person)).browser)).toBe('wanda');
    const entries = await berth.world.sql(
      `SELECT action FROM audit_log WHERE object = 'identity:wanda/corp' ORDER BY id`,
    );
    expect(entries).toEqual([{ action: 'identity.request' }, { action: 'identity.create' }]);
  });

  it('is refused for an identity of somebody else', async () => {
    const { url } = await berth.link(await signInAs('xenia'), person);
    expect(url.pathname + url.search).toBe('/settings/security?tab=1&error=oidc_taken&provider=corp');
  });

  it('is refused for a second identity of one provider', async () => {
    expect(refusalOf(await berth.link(wanda, { sub: 'w2' }))).toBe('oidc_linked');
  });

  it('opens a provider that makes no accounts', async () => {
    await berth.link(wanda, person, 'members');
    const { browser } = await berth.comeFrom(person, { provider: 'members' });
    expect(await nameOf(browser)).toBe('wanda');
  });

  it('ends with the session in which it was begun', async () => {
    const yara = await signInAs('yara');
    const { jar, url } = await berth.beginLink(yara);
    await yara.delete('/sessions/current').expect(204);
    berth.provider.person = { sub: 'y' };
    expect(refusalOf(await jar.visit(url))).toBe('oidc_expired');
  });

  it('begins in no browser that is not signed in, nor by a password or a token', async () => {
    await apiOf(berth.app).post('/me/identities/corp').expect(401);
    const zoe = await berth.world.user('zoe');
    await apiOf(berth.app, zoe).post('/me/identities/corp').expect(403);
    const token = await berth.world.accessToken('zoe');
    await apiOf(berth.app, token).post('/me/identities/corp').expect(403);
  });

  it('begins from no other site', async () => {
    await supertest(berth.app.url)
      .post('/api/v1/me/identities/corp')
      .set('Cookie', wanda.cookie)
      .set('Origin', 'https://elsewhere.example')
      .expect(403);
  });

  it('says so when the provider is unknown or cannot be reached', async () => {
    await wanda.post('/me/identities/nobody').expect(404);
    await wanda.post('/me/identities/gone').expect(503);
  });

  it('is undone, but for the only way in', async () => {
    await wanda.delete('/me/identities/members').expect(204);
    await wanda.delete('/me/identities/members').expect(404);
    await wanda.delete('/me/identities/corp').expect(204);
    const { browser } = await berth.comeFrom(person);
    expect(await nameOf(browser)).toBe('somebody-else');
    const { body } = await browser.delete('/me/identities/corp').expect(409);
    expect(body.detail).toMatch(/has no password/);
    expect((await browser.get('/me/identities').expect(200)).body.items).toHaveLength(1);
  });
});
