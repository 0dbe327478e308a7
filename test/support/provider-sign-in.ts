import { startApp, type TestApp } from './app.js';
import { type Browser, browserWith } from './browser.js';
import { CookieJar, type Visit } from './cookie-jar.js';
import { freePort } from './free-port.js';
import { type Person, startProvider, type TestProvider } from './oidc-provider.js';
import { World } from './world.js';

/**
 * A Berth with one real provider under three names: `corp`, `members`, which makes no accounts, and `partner`; and
 * with `gone`, which does not answer.
 */
export class ProviderSignIn {
  private constructor(
    readonly provider: TestProvider,
    readonly app: TestApp,
    readonly world: World,
  ) {}

  static async start(): Promise<ProviderSignIn> {
    const provider = await startProvider();
    const app = await startApp({
      env: {
        BERTH_OIDC_PROVIDERS: 'corp,members,partner,gone',
        ...provider.env('corp'),
        BERTH_OIDC_CORP_LABEL: 'Corporation',
        ...provider.env('members'),
        BERTH_OIDC_MEMBERS_SIGNUP: 'closed',
        ...provider.env('partner'),
        ...provider.env('gone'),
        BERTH_OIDC_GONE_ISSUER: `http://127.0.0.1:${await freePort()}`,
      },
    });
    const started = new ProviderSignIn(provider, app, await World.open(app.databaseUrl));
    const callbackOf = (name: string) => started.here(`/api/v1/oidc/${name}/callback`);
    provider.register(['corp', 'members', 'partner'].map(callbackOf));
    return started;
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.app.close();
    await this.provider.close();
  }

  /** An address of this Berth, as browsers have it. */
  here(path: string): string {
    return `http://${this.app.host}${path}`;
  }

  /** Signs in with a new browser, or the one given. */
  async comeFrom(
    person: Person | undefined,
    { provider = 'corp', next = '/', jar = new CookieJar() } = {},
  ): Promise<{ visit: Visit; browser: Browser; jar: CookieJar }> {
    this.provider.person = person;
    const visit = await jar.visit(
      this.here(`/api/v1/oidc/${provider}/login?next=${encodeURIComponent(next)}`),
    );
    return { visit, browser: this.browserOf(jar), jar };
  }

  /** Goes to the provider and back, and stops before the address that it sends the browser to. */
  async callbackOf(person: Person, jar: CookieJar): Promise<URL> {
    this.provider.person = person;
    let callback: URL | undefined;
    await jar.visit(this.here('/api/v1/oidc/corp/login'), (url) => {
      if (!url.pathname.endsWith('/callback')) return url;
      callback = url;
      return new URL(this.here('/healthz'));
    });
    if (!callback) throw new Error('the provider did not send the browser back');
    return callback;
  }

  /** Begins in the browser that is signed in, and goes to the provider with all its cookies. */
  async link(browser: Browser, person: Person, provider = 'corp'): Promise<Visit> {
    const { jar, url } = await this.beginLink(browser, provider);
    this.provider.person = person;
    return jar.visit(url);
  }

  async beginLink(browser: Browser, provider = 'corp'): Promise<{ jar: CookieJar; url: string }> {
    const begun = await browser.post(`/me/identities/${provider}`, { next: '/settings/security?tab=1' });
    if (begun.status !== 201) throw new Error(`a link was not begun: ${begun.status} ${begun.text}`);
    const [cookie = ''] = begun.headers['set-cookie'] as unknown as string[];
    const jar = new CookieJar();
    for (const pair of [browser.cookie, cookie.split(';', 1)[0] ?? ''])
      jar.set(new URL(this.here('/')), pair);
    return { jar, url: begun.body.url };
  }

  browserOf(jar: CookieJar): Browser {
    return browserWith(this.app, jar.header(new URL(this.here('/'))));
  }
}

export async function nameOf(browser: Browser): Promise<string | undefined> {
  return (await browser.get('/me')).body.username;
}

/** What the page on which a sign-in ended is to say. */
export function refusalOf({ url }: Visit): string | null {
  return url.searchParams.get('error');
}
