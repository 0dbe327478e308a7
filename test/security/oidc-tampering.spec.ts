import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CookieJar } from '../support/cookie-jar.js';
import type { Person } from '../support/oidc-provider.js';
import { ProviderSignIn, refusalOf } from '../support/provider-sign-in.js';

const mallory: Person = { sub: 'm', preferred_username: 'mallory' };

describe('a sign-in with a provider is refused, and makes no session, for', () => {
  let berth: ProviderSignIn;
  let jar: CookieJar;
  beforeAll(async () => {
    berth = await ProviderSignIn.start();
  });
  afterAll(() => berth.close());
  beforeEach(() => {
    jar = new CookieJar();
  });

  const sessionsMade = async (): Promise<number> => {
    const [row] = await berth.world.sql<{ count: number }>('SELECT count(*)::int AS count FROM sessions');
    return row?.count ?? 0;
  };
  const expectRefused = async (browser: CookieJar, callback: string, error = 'oidc_expired') => {
    const before = await sessionsMade();
    expect(refusalOf(await browser.visit(callback))).toBe(error);
    expect(await sessionsMade()).toBe(before);
    expect(browser.header(new URL(callback))).not.toContain('berth_session');
  };
  const expectSignedIn = async (browser: CookieJar, callback: string) => {
    expect((await browser.visit(callback)).url.href).toBe(berth.here('/'));
    expect(browser.header(new URL(callback))).toContain('berth_session=');
  };

  it('a callback used twice', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    const again = new CookieJar();
    again.set(new URL(href), jar.header(new URL(href)));
    await expectSignedIn(jar, href);
    await expectRefused(again, href);
  });

  it('a callback used many times at once, but for one', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    const cookie = jar.header(new URL(href));
    const jars = Array.from({ length: 8 }, () => new CookieJar());
    for (const one of jars) one.set(new URL(href), cookie);
    const visits = await Promise.all(jars.map((one) => one.visit(href)));
    expect(visits.filter((visit) => refusalOf(visit) === 'oidc_expired')).toHaveLength(7);
  });

  it('a callback in a browser that began nothing', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    await expectRefused(new CookieJar(), href);
  });

  it('a callback in a browser that began another login, which uses it up for nobody', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    const victim = new CookieJar();
    await berth.callbackOf({ sub: 'v' }, victim);
    await expectRefused(victim, href);
    await expectSignedIn(jar, href);
  });

  it('a callback that came too late', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    await berth.world.sql('UPDATE oidc_logins SET expires_at = now()');
    await expectRefused(jar, href);
  });

  it('the callback of another provider', async () => {
    const { href } = await berth.callbackOf(mallory, jar);
    await expectRefused(jar, href.replace('/corp/', '/partner/'));
  });

  it.each(['nonce', 'code_challenge'])('a changed %s on the way there', async (name) => {
    berth.provider.person = mallory;
    const visit = await jar.visit(berth.here('/api/v1/oidc/corp/login'), (url) => {
      if (url.searchParams.has(name)) url.searchParams.set(name, 'x'.repeat(43));
      return url;
    });
    expect(visit.hops.some(({ pathname }) => pathname.endsWith('/callback'))).toBe(true);
    expect(refusalOf(visit)).toBe('oidc_failed');
    expect(jar.header(visit.url)).not.toContain('berth_session');
  });

  it.each(['code', 'iss'])('a changed %s on the way back', async (name) => {
    const callback = await berth.callbackOf(mallory, jar);
    callback.searchParams.set(name, 'x');
    await expectRefused(jar, callback.href, 'oidc_failed');
  });

  it('the code of another login', async () => {
    const stolen = await berth.callbackOf(mallory, jar);
    const other = new CookieJar();
    const callback = await berth.callbackOf({ sub: 'n' }, other);
    callback.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    await expectRefused(other, callback.href, 'oidc_failed');
  });
});
