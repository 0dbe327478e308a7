import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Browser, browserWith, signIn } from '../support/browser.js';
import { CookieJar, type Visit } from '../support/cookie-jar.js';
import { freePort } from '../support/free-port.js';
import { type Person, startProvider, type TestProvider } from '../support/oidc-provider.js';
import { World } from '../support/world.js';

describe('signing in with a provider', () => {
  let corp: TestProvider;
  let app: TestApp;
  let world: World;
  let jar: CookieJar;

  beforeAll(async () => {
    corp = await startProvider();
    app = await startApp({
      env: {
        BERTH_OIDC_PROVIDERS: 'corp,members,partner,gone',
        ...corp.env('corp'),
        BERTH_OIDC_CORP_LABEL: 'Corporation',
        ...corp.env('members'),
        BERTH_OIDC_MEMBERS_SIGNUP: 'closed',
        ...corp.env('partner'),
        ...corp.env('gone'),
        BERTH_OIDC_GONE_ISSUER: `http://127.0.0.1:${await freePort()}`,
      },
    });
    corp.register(['corp', 'members', 'partner'].map((name) => here(`/api/v1/oidc/${name}/callback`)));
    world = await World.open(app.databaseUrl);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
    await corp.close();
  });
  beforeEach(() => {
    jar = new CookieJar();
  });

  const here = (path: string) => `http://${app.host}${path}`;
  const isCallback = (url: URL) => url.pathname.endsWith('/callback');
  const comeFrom = (person: Person | undefined, provider = 'corp', next = '/'): Promise<Visit> => {
    corp.person = person;
    return jar.visit(here(`/api/v1/oidc/${provider}/login?next=${encodeURIComponent(next)}`));
  };
  const browser = (): Browser => browserWith(app, jar.header(new URL(here('/'))));
  const whoAmI = async (): Promise<string | undefined> => (await browser().get('/me')).body.username;
  const admin = () => apiOf(app, app.admin);
  const usersCalled = async (pattern: string): Promise<string[]> => {
    const rows = await world.sql<{ username: string }>(
      'SELECT username FROM users WHERE username LIKE $1 ORDER BY username',
      [pattern],
    );
    return rows.map(({ username }) => username);
  };
  /** Goes to the provider and back, and stops before the address that it sends the browser to. */
  async function callbackOf(person: Person): Promise<URL> {
    corp.person = person;
    let callback: URL | undefined;
    await jar.visit(here('/api/v1/oidc/corp/login'), (url) => {
      if (!isCallback(url)) return url;
      callback = url;
      return new URL(here('/healthz'));
    });
    if (!callback) throw new Error('the provider did not send the browser back');
    return callback;
  }

  it('names its providers to everybody', async () => {
    const { body } = await apiOf(app).get('/oidc/providers').expect(200);
    expect(body.items[0]).toEqual({ name: 'corp', label: 'Corporation' });
    expect(body.items[1]).toEqual({ name: 'members', label: 'members' });
    expect(JSON.stringify(body)).not.toContain(corp.clientSecret);
  });

  it.each(['/oidc/nobody/login', '/oidc/nobody/callback?code=x&state=y'])('knows no %s', async (path) => {
    await apiOf(app).get(path).expect(404);
  });

  it('sends the browser off with state, nonce and PKCE, bound by a cookie that scripts cannot read', async () => {
    const response = await apiOf(app).get('/oidc/corp/login').expect(302);
    const { origin, searchParams } = new URL(response.headers.location ?? '');
    expect(origin).toBe(corp.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: here('/api/v1/oidc/corp/callback'),
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^berth_oidc=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const secrets = [searchParams.get('state'), cookie.slice('berth_oidc='.length, 54)];
    const [row] = await world.sql<{ found: number }>(
      'SELECT count(*)::int AS found FROM oidc_logins l WHERE l::text LIKE ANY ($1)',
      [secrets.map((secret) => `%${secret}%`)],
    );
    expect(row?.found).toBe(0);
  });

  describe('for the first time', () => {
    it('makes an account without a password, its namespace and a session', async () => {
      const { url } = await comeFrom(
        { sub: '1', preferred_username: 'Olga.P', email: 'olga@corp.example', email_verified: true },
        'corp',
        '/explore?q=a',
      );
      expect(url.href).toBe(here('/explore?q=a'));
      const { body } = await browser().get('/me').expect(200);
      expect(body).toMatchObject({
        username: 'olga.p',
        email: 'olga@corp.example',
        namespaces: [{ name: 'olga.p', kind: 'user', role: 'owner' }],
        credential: { kind: 'session' },
      });
      expect(jar.header(new URL(here('/')))).not.toContain('berth_oidc=');
      const [user] = await world.sql(
        `SELECT password_hash, last_sign_in_at FROM users WHERE username = 'olga.p'`,
      );
      expect(user).toEqual({ password_hash: null, last_sign_in_at: expect.any(Date) });
    });

    it('records the account and the sign-in', async () => {
      const entries = await world.sql(
        `SELECT action, result, credential FROM audit_log WHERE actor = 'olga.p' ORDER BY id`,
      );
      expect(entries).toEqual([
        { action: 'user.create', result: 'done', credential: 'oidc corp' },
        { action: 'session.create', result: 'done', credential: 'oidc corp' },
      ]);
    });

    it('numbers a name that is taken, and never takes an account over by its address', async () => {
      await world.user('pia');
      await world.sql(`UPDATE users SET email = 'pia@corp.example' WHERE username = 'pia'`);
      await comeFrom({
        sub: '2',
        preferred_username: 'pia',
        email: 'PIA@corp.example',
        email_verified: true,
      });
      const { body } = await browser().get('/me').expect(200);
      expect(body).toMatchObject({ username: 'pia-2', email: null });
    });

    it('leaves out an address that the provider has not verified', async () => {
      await comeFrom({
        sub: '3',
        preferred_username: 'rita',
        email: 'rita@corp.example',
        email_verified: false,
      });
      expect((await browser().get('/me').expect(200)).body).toMatchObject({ username: 'rita', email: null });
    });

    it('gives nobody a reserved name', async () => {
      await comeFrom({ sub: '4', preferred_username: 'library' });
      expect(await whoAmI()).toBe('library-2');
    });

    it('is refused where a provider makes no accounts', async () => {
      const { url } = await comeFrom({ sub: '5', preferred_username: 'sven' }, 'members', '/explore');
      expect(url.pathname + url.search).toBe('/login?error=oidc_closed&provider=members&next=%2Fexplore');
      expect(await usersCalled('sven%')).toEqual([]);
    });

    it('makes one account of many browsers at once', async () => {
      corp.person = { sub: '6', preferred_username: 'tess' };
      const jars = Array.from({ length: 5 }, () => new CookieJar());
      const visits = await Promise.all(jars.map((one) => one.visit(here('/api/v1/oidc/corp/login'))));
      expect(visits.map(({ url }) => url.pathname)).toEqual(jars.map(() => '/'));
      expect(await usersCalled('tess%')).toEqual(['tess']);
    });
  });

  it('finds the same account again, whatever the person is called by then', async () => {
    await comeFrom({ sub: '7', preferred_username: 'uma' });
    jar = new CookieJar();
    await comeFrom({ sub: '7', preferred_username: 'uma-married' });
    expect(await whoAmI()).toBe('uma');
  });

  it('refuses who is disabled, and records it', async () => {
    await comeFrom({ sub: '8', preferred_username: 'vera' });
    await admin().patch('/admin/users/vera', { isDisabled: true }).expect(200);
    jar = new CookieJar();
    const { url } = await comeFrom({ sub: '8', preferred_username: 'vera' });
    expect(url.searchParams.get('error')).toBe('oidc_disabled');
    expect(await whoAmI()).toBeUndefined();
    const refused = await world.sql(
      `SELECT object FROM audit_log WHERE action = 'session.create' AND result = 'refused' AND actor = 'vera'`,
    );
    expect(refused).toEqual([{ object: 'user:vera' }]);
  });

  it('says so when the person turns back', async () => {
    const { url } = await comeFrom(undefined, 'corp', '/explore');
    expect(url.pathname + url.search).toBe('/login?error=oidc_denied&provider=corp&next=%2Fexplore');
  });

  it('says so when the provider cannot be reached', async () => {
    const { url } = await comeFrom({ sub: '1' }, 'gone');
    expect(url.pathname + url.search).toBe('/login?error=oidc_unreachable&provider=gone');
  });

  it.each([
    '//e.example',
    '/\\e.example',
    '/%5ce.example',
    '/.//e.example',
    'https://e.example/',
    '/api/v1/me',
  ])('comes back to / and never to %s', async (next) => {
    const { url } = await comeFrom({ sub: '1', preferred_username: 'olga' }, 'corp', next);
    expect(url.href).toBe(here('/'));
  });

  describe('what is tampered with', () => {
    const mallory: Person = { sub: 'm', preferred_username: 'mallory' };
    const refusal = ({ url }: Visit) => url.searchParams.get('error');

    it('is a callback used twice', async () => {
      const callback = await callbackOf(mallory);
      const cookie = jar.header(callback);
      expect((await jar.visit(callback.href)).url.pathname).toBe('/');
      const again = new CookieJar();
      for (const pair of cookie.split('; ')) again.set(callback, pair);
      expect(refusal(await again.visit(callback.href))).toBe('oidc_expired');
    });

    it('is a callback in a browser that began nothing', async () => {
      const callback = await callbackOf(mallory);
      const victim = new CookieJar();
      expect(refusal(await victim.visit(callback.href))).toBe('oidc_expired');
      expect(victim.header(callback)).toBe('');
    });

    it('is a callback in a browser that began another login, which uses it up for nobody', async () => {
      const callback = await callbackOf(mallory);
      const victim = new CookieJar();
      await victim.visit(here('/api/v1/oidc/corp/login'), (url) =>
        url.origin === corp.issuer ? new URL(here('/healthz')) : url,
      );
      expect(refusal(await victim.visit(callback.href))).toBe('oidc_expired');
      expect((await jar.visit(callback.href)).url.pathname).toBe('/');
    });

    it('is a callback that came too late', async () => {
      const callback = await callbackOf(mallory);
      await world.sql(`UPDATE oidc_logins SET expires_at = now()`);
      expect(refusal(await jar.visit(callback.href))).toBe('oidc_expired');
    });

    it('is the callback of another provider', async () => {
      const callback = await callbackOf(mallory);
      const elsewhere = callback.href.replace('/corp/', '/partner/');
      expect(refusal(await jar.visit(elsewhere))).toBe('oidc_expired');
    });

    it.each(['nonce', 'code_challenge'])('is the %s on the way there', async (name) => {
      corp.person = mallory;
      const visit = await jar.visit(here('/api/v1/oidc/corp/login'), (url) => {
        if (url.searchParams.has(name)) url.searchParams.set(name, 'x'.repeat(43));
        return url;
      });
      expect(refusal(visit)).toBe('oidc_failed');
      expect(await whoAmI()).toBeUndefined();
    });

    it.each(['code', 'iss'])('is the %s on the way back', async (name) => {
      const callback = await callbackOf(mallory);
      callback.searchParams.set(name, 'x');
      expect(refusal(await jar.visit(callback.href))).toBe('oidc_failed');
      expect(await whoAmI()).toBeUndefined();
    });

    it('is the code of another login', async () => {
      const stolen = (await callbackOf(mallory)).searchParams.get('code') ?? '';
      jar = new CookieJar();
      const callback = await callbackOf({ sub: 'n', preferred_username: 'nina' });
      callback.searchParams.set('code', stolen);
      expect(refusal(await jar.visit(callback.href))).toBe('oidc_failed');
    });
  });

  describe('linking an account', () => {
    const person: Person = { sub: 'w', preferred_username: 'somebody-else' };
    let wanda: Browser;

    /** Begins in the browser that is signed in, and goes to the provider with all its cookies. */
    async function link(who: Browser, provider = 'corp', from = person): Promise<Visit> {
      const begun = await who
        .post(`/me/identities/${provider}`, { next: '/settings/security?tab=1' })
        .expect(201);
      jar.set(new URL(here('/')), who.cookie);
      const [cookie = ''] = begun.headers['set-cookie'] as unknown as string[];
      jar.set(new URL(here('/')), cookie.split(';', 1)[0] ?? '');
      corp.person = from;
      return jar.visit(begun.body.url);
    }

    beforeAll(async () => {
      wanda = await signIn(app, await world.user('wanda'));
    });

    it('makes the identity one of who is signed in, and keeps the session', async () => {
      const { url } = await link(wanda);
      expect(url.href).toBe(here('/settings/security?tab=1'));
      const { body } = await wanda.get('/me/identities').expect(200);
      expect(body.items).toEqual([
        {
          provider: 'corp',
          displayName: 'somebody-else',
          createdAt: expect.any(String),
          lastSignInAt: expect.any(String),
        },
      ]);
      jar = new CookieJar();
      await comeFrom(person);
      expect(await whoAmI()).toBe('wanda');
      const entries = await world.sql(
        `SELECT action FROM audit_log WHERE object = 'identity:wanda/corp' ORDER BY id`,
      );
      expect(entries).toEqual([{ action: 'identity.request' }, { action: 'identity.create' }]);
    });

    it('is refused for an identity of somebody else', async () => {
      const xenia = await signIn(app, await world.user('xenia'));
      const { url } = await link(xenia);
      expect(url.pathname + url.search).toBe('/settings/security?tab=1&error=oidc_taken&provider=corp');
    });

    it('is refused for a second identity of one provider', async () => {
      const { url } = await link(wanda, 'corp', { sub: 'w2' });
      expect(url.searchParams.get('error')).toBe('oidc_linked');
    });

    it('opens a provider that makes no accounts', async () => {
      await link(wanda, 'members');
      jar = new CookieJar();
      await comeFrom(person, 'members');
      expect(await whoAmI()).toBe('wanda');
    });

    it('ends with the session in which it was begun', async () => {
      const yara = await signIn(app, await world.user('yara'));
      const begun = await yara.post('/me/identities/corp').expect(201);
      const [cookie = ''] = begun.headers['set-cookie'] as unknown as string[];
      jar.set(new URL(here('/')), cookie.split(';', 1)[0] ?? '');
      await yara.delete('/sessions/current').expect(204);
      corp.person = { sub: 'y' };
      const { url } = await jar.visit(begun.body.url);
      expect(url.searchParams.get('error')).toBe('oidc_expired');
    });

    it('begins in no browser that is not signed in, nor by a password or a token', async () => {
      await apiOf(app).post('/me/identities/corp').expect(401);
      const zoe = await world.user('zoe');
      await apiOf(app, zoe).post('/me/identities/corp').expect(403);
      await apiOf(app, await world.accessToken('zoe'))
        .post('/me/identities/corp')
        .expect(403);
    });

    it('begins from no other site', async () => {
      await supertest(app.url)
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
      await comeFrom(person);
      expect(await whoAmI()).toBe('somebody-else');
      const { body } = await browser().delete('/me/identities/corp').expect(409);
      expect(body.detail).toMatch(/has no password/);
    });
  });

  describe('groups', () => {
    const person = (groups?: string[]): Person => ({ sub: 'g', preferred_username: 'gerda', groups });
    const groupsPath = (team: string) => `/namespaces/acme/teams/${team}/groups`;
    const teamsOf = async (username: string): Promise<string[]> => {
      const rows = await world.sql<{ name: string }>(
        `SELECT t.name FROM team_members m JOIN teams t ON t.id = m.team_id JOIN users u ON u.id = m.user_id
         WHERE u.username = $1 ORDER BY t.name`,
        [username],
      );
      return rows.map(({ name }) => name);
    };
    let owner: Browser;
    let reader: Browser;

    beforeAll(async () => {
      const [olaf, rosa] = [await world.user('olaf'), await world.user('rosa')];
      await world.organization('acme', { olaf: 'owner', rosa: 'reader' });
      await world.repository('acme/secret');
      await world.repository('acme/other');
      [owner, reader] = [await signIn(app, olaf), await signIn(app, rosa)];
      for (const name of ['developers', 'testers']) {
        await owner.post('/namespaces/acme/teams', { name }).expect(201);
      }
      await owner.put('/repositories/acme%2Fsecret/grants/teams/developers', { role: 'writer' }).expect(200);
      await owner.put(groupsPath('developers'), { provider: 'corp', group: 'dev' }).expect(200);
    });

    it('are named by owners alone, of providers that there are', async () => {
      await reader.put(groupsPath('testers'), { provider: 'corp', group: 'qa' }).expect(403);
      await reader.delete(`${groupsPath('developers')}?provider=corp&group=dev`).expect(403);
      await apiOf(app, await world.user('stranger'))
        .get(groupsPath('developers'))
        .expect(404);
      await owner.put(groupsPath('developers'), { provider: 'nobody', group: 'dev' }).expect(404);
      await owner.put(groupsPath('nobody'), { provider: 'corp', group: 'dev' }).expect(404);
      await owner.put(groupsPath('developers'), { provider: 'corp', group: '' }).expect(400);
      await owner.delete(`${groupsPath('developers')}?provider=corp&group=none`).expect(404);
      const { body } = await owner.get(groupsPath('developers')).expect(200);
      expect(body.items).toEqual([{ provider: 'corp', group: 'dev', createdAt: expect.any(String) }]);
    });

    it('give what the team is granted, and nothing else of its namespace', async () => {
      await comeFrom(person(['dev', 'unheard-of']));
      expect(await teamsOf('gerda')).toEqual(['developers']);
      await browser().get('/repositories/acme%2Fsecret').expect(200);
      await browser().get('/repositories/acme%2Fother').expect(404);
    });

    it.each([{ groups: [] }, { groups: undefined }])(
      'that the provider names no more ($groups) are gone at the next sign-in',
      async ({ groups }) => {
        await comeFrom(person(['dev']));
        const before = browser();
        await before.get('/repositories/acme%2Fsecret').expect(200);
        jar = new CookieJar();
        await comeFrom(person(groups));
        expect(await teamsOf('gerda')).toEqual([]);
        await before.get('/repositories/acme%2Fsecret').expect(404);
      },
    );

    it('leave memberships made by hand as they are', async () => {
      await owner.put('/namespaces/acme/members/gerda', { role: 'reader' }).expect(200);
      await owner.put('/namespaces/acme/teams/testers/members/gerda').expect(200);
      await comeFrom(person(['dev']));
      expect(await teamsOf('gerda')).toEqual(['developers', 'testers']);
      await owner.put('/namespaces/acme/teams/developers/members/gerda').expect(200);
      jar = new CookieJar();
      await comeFrom(person([]));
      expect(await teamsOf('gerda')).toEqual(['developers', 'testers']);
      await owner.delete('/namespaces/acme/members/gerda').expect(204);
      expect(await teamsOf('gerda')).toEqual([]);
    });

    it('count at once where a team takes or drops one, for who has signed in before', async () => {
      await comeFrom(person(['qa']));
      await owner.put(groupsPath('testers'), { provider: 'corp', group: 'qa' }).expect(200);
      expect(await teamsOf('gerda')).toEqual(['testers']);
      await owner.delete(`${groupsPath('testers')}?provider=corp&group=qa`).expect(204);
      expect(await teamsOf('gerda')).toEqual([]);
    });

    it('of another provider do not count', async () => {
      await comeFrom({ sub: 'p', preferred_username: 'paula', groups: ['dev'] }, 'partner');
      expect(await teamsOf('paula')).toEqual([]);
    });

    it('go with the identity', async () => {
      const henry = await signIn(app, await world.user('henry'));
      const begun = await henry.post('/me/identities/corp').expect(201);
      const [cookie = ''] = begun.headers['set-cookie'] as unknown as string[];
      jar.set(new URL(here('/')), cookie.split(';', 1)[0] ?? '');
      corp.person = { sub: 'h', groups: ['dev'] };
      await jar.visit(begun.body.url);
      expect(await teamsOf('henry')).toEqual(['developers']);
      await henry.delete('/me/identities/corp').expect(204);
      expect(await teamsOf('henry')).toEqual([]);
    });

    it('leave their traces in the audit log', async () => {
      const entries = await world.sql(
        `SELECT action, actor FROM audit_log
         WHERE object = 'team:acme/developers' AND details->>'member' = 'henry' ORDER BY id`,
      );
      expect(entries).toEqual([
        { action: 'team-member.add', actor: 'henry' },
        { action: 'team-member.remove', actor: 'henry' },
      ]);
    });
  });
});
