import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { CookieJar } from '../support/cookie-jar.js';
import { nameOf, ProviderSignIn } from '../support/provider-sign-in.js';

describe('signing in with a provider', () => {
  let berth: ProviderSignIn;
  beforeAll(async () => {
    berth = await ProviderSignIn.start();
  });
  afterAll(() => berth.close());

  const usersCalled = async (pattern: string): Promise<string[]> => {
    const rows = await berth.world.sql<{ username: string }>(
      'SELECT username FROM users WHERE username LIKE $1 ORDER BY username',
      [pattern],
    );
    return rows.map(({ username }) => username);
  };

  it('names its providers to everybody', async () => {
    const { body } = await apiOf(berth.app).get('/oidc/providers').expect(200);
    expect(body.items.slice(0, 2)).toEqual([
      { name: 'corp', label: 'Corporation' },
      { name: 'members', label: 'members' },
    ]);
    expect(JSON.stringify(body)).not.toContain(berth.provider.clientSecret);
  });

  it.each(['/oidc/nobody/login', '/oidc/nobody/callback?code=x&state=y'])('knows no %s', async (path) => {
    await apiOf(berth.app).get(path).expect(404);
  });

  it('sends the browser off with state, nonce and PKCE, bound by a cookie that scripts cannot read', async () => {
    const response = await apiOf(berth.app).get('/oidc/corp/login').expect(302);
    const { origin, searchParams } = new URL(response.headers.location ?? '');
    expect(origin).toBe(berth.provider.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: berth.here('/api/v1/oidc/corp/callback'),
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^berth_oidc=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const secrets = [searchParams.get('state'), searchParams.get('nonce'), cookie.slice(11, 54)];
    const [row] = await berth.world.sql<{ logins: number; found: number }>(
      'SELECT count(*)::int AS logins, count(*) FILTER (WHERE l::text LIKE ANY ($1))::int AS found FROM oidc_logins l',
      [secrets.map((secret) => `%${secret}%`)],
    );
    expect(row).toEqual({ logins: 1, found: 0 });
  });

  describe('for the first time', () => {
    it('makes an account without a password, its namespace and a session', async () => {
      const { visit, browser, jar } = await berth.comeFrom(
        { sub: '1', preferred_username: 'Olga.P', email: 'olga@corp.example', email_verified: true },
        { next: '/explore?q=a' },
      );
      expect(visit.url.href).toBe(berth.here('/explore?q=a'));
      const { body } = await browser.get('/me').expect(200);
      expect(body).toMatchObject({
        username: 'olga.p',
        email: 'olga@corp.example',
        namespaces: [{ name: 'olga.p', kind: 'user', role: 'owner' }],
        credential: { kind: 'session' },
      });
      expect(jar.header(new URL(berth.here('/')))).toMatch(/^berth_session=[\w-]{43}$/);
      const [user] = await berth.world.sql(
        `SELECT password_hash, last_sign_in_at FROM users WHERE username = 'olga.p'`,
      );
      expect(user).toEqual({ password_hash: null, last_sign_in_at: expect.any(Date) });
    });

    it('records the account and the sign-in', async () => {
      const entries = await berth.world.sql(
        `SELECT action, result, credential FROM audit_log WHERE actor = 'olga.p' ORDER BY id`,
      );
      expect(entries).toEqual([
        { action: 'user.create', result: 'done', credential: 'oidc corp' },
        { action: 'session.create', result: 'done', credential: 'oidc corp' },
      ]);
    });

    it('numbers a name that is taken, and never takes an account over by its address', async () => {
      await berth.world.user('pia');
      await berth.world.sql(`UPDATE users SET email = 'pia@corp.example' WHERE username = 'pia'`);
      const person = { sub: '2', preferred_username: 'pia', email: 'PIA@corp.example', email_verified: true };
      const { browser } = await berth.comeFrom(person);
      expect((await browser.get('/me').expect(200)).body).toMatchObject({ username: 'pia-2', email: null });
    });

    it('leaves out an address that the provider has not verified', async () => {
      const person = {
        sub: '3',
        preferred_username: 'rita',
        email: 'rita@corp.example',
        email_verified: false,
      };
      const { browser } = await berth.comeFrom(person);
      expect((await browser.get('/me').expect(200)).body).toMatchObject({ username: 'rita', email: null });
    });

    it('gives nobody a reserved name', async () => {
      const { browser } = await berth.comeFrom({ sub: '4', preferred_username: 'library' });
      expect(await nameOf(browser)).toBe('library-2');
    });

    it('is refused where a provider makes no accounts', async () => {
      const person = { sub: '5', preferred_username: 'sven' };
      const { visit } = await berth.comeFrom(person, { provider: 'members', next: '/explore' });
      expect(visit.url.pathname + visit.url.search).toBe(
        '/login?error=oidc_closed&provider=members&next=%2Fexplore',
      );
      expect(await usersCalled('sven%')).toEqual([]);
    });

    it('makes one account of many browsers at once', async () => {
      berth.provider.person = { sub: '6', preferred_username: 'tess' };
      const jars = Array.from({ length: 5 }, () => new CookieJar());
      const visits = await Promise.all(jars.map((jar) => jar.visit(berth.here('/api/v1/oidc/corp/login'))));
      expect(visits.map(({ url }) => url.pathname)).toEqual(jars.map(() => '/'));
      expect(await usersCalled('tess%')).toEqual(['tess']);
    });
  });

  it('finds the same account again, whatever the person is called by then', async () => {
    await berth.comeFrom({ sub: '7', preferred_username: 'uma' });
    const { browser } = await berth.comeFrom({ sub: '7', preferred_username: 'uma-married' });
    expect(await nameOf(browser)).toBe('uma');
  });

  it('ends the session that the browser had', async () => {
    const { browser, jar } = await berth.comeFrom({ sub: '7' });
    const again = await berth.comeFrom({ sub: '7' }, { jar });
    expect(await nameOf(again.browser)).toBe('uma');
    await browser.get('/me').expect(401);
  });

  it('refuses who is disabled, and records it', async () => {
    const vera = { sub: '8', preferred_username: 'vera' };
    await berth.comeFrom(vera);
    await apiOf(berth.app, berth.app.admin).patch('/admin/users/vera', { isDisabled: true }).expect(200);
    const { visit, browser } = await berth.comeFrom(vera);
    expect(visit.url.pathname + visit.url.search).toBe('/login?error=oidc_disabled&provider=corp');
    await browser.get('/me').expect(401);
    const refused = await berth.world.sql(
      `SELECT object FROM audit_log WHERE action = 'session.create' AND result = 'refused' AND actor = 'vera'`,
    );
    expect(refused).toEqual([{ object: 'user:vera' }]);
  });

  it.each([
    { what: 'the person turns back', provider: 'corp', error: 'oidc_denied' },
    { what: 'the provider cannot be reached', provider: 'gone', error: 'oidc_unreachable' },
  ])('says so when $what', async ({ provider, error }) => {
    const { visit } = await berth.comeFrom(undefined, { provider, next: '/explore' });
    expect(visit.url.pathname + visit.url.search).toBe(
      `/login?error=${error}&provider=${provider}&next=%2Fexplore`,
    );
  });

  it.each([
    '//e.example',
    '/\\e.example',
    '/%5ce.example',
    '/.//e.example',
    'https://e.example/',
    '/api/v1/me',
  ])('comes back to / and never to %s', async (next) => {
    const { visit } = await berth.comeFrom({ sub: '1', preferred_username: 'olga' }, { next });
    expect(visit.url.href).toBe(berth.here('/'));
  });
});
