import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Api, apiOf } from '../api.js';
import { type Berth, type BerthOptions, startBerth } from '../berth-process.js';
import { type Credentials, RegistryClient } from '../registry-client.js';
import { sharedChromium } from './chromium.js';
import { openVisitor, type Visitor } from './visitor.js';

/** A built Berth with its pages, and people who look at them. */
export interface Site {
  berth: Berth;
  /** Address of the pages, as a person types it: cookies and origins belong to it. */
  origin: string;
  browser: Browser;
  /** Somebody with a browser of his own, not signed in. Whoever was opened is closed with the site. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  /** The same, signed in through the form. */
  signedIn(credentials: Credentials, options?: BrowserContextOptions): Promise<Visitor>;
  /** `/api/v1` as somebody, or anonymous: to put things there without the pages. */
  api(credentials?: Credentials): Api;
  /** `/v2` as somebody, or anonymous. */
  registry(credentials?: Credentials): RegistryClient;
  /** A new account, made by the admin. */
  user(username: string): Promise<Credentials>;
  stop(): Promise<void>;
}

/** Starts a Berth with pages on a database of its own. */
export async function startSite(options: BerthOptions = {}): Promise<Site> {
  const [berth, browser] = await Promise.all([startBerth({ ...options, web: true }), sharedChromium()]);
  const origin = `http://${berth.host}`;
  const visitor = (contextOptions: BrowserContextOptions = {}) =>
    openVisitor(browser, origin, contextOptions);
  const api = (credentials?: Credentials) => apiOf(berth, credentials);
  return {
    berth,
    origin,
    browser,
    visitor,
    signedIn: async (credentials, contextOptions) => {
      const person = await visitor(contextOptions);
      await person.signIn(credentials);
      return person;
    },
    api,
    registry: (credentials) => new RegistryClient({ url: berth.url, credentials }),
    user: async (username) => {
      const password = `a long password of ${username}`;
      await api(berth.admin).post('/users', { username, password }).expect(201);
      return { username, password };
    },
    stop: async () => {
      await browser.close();
      await berth.stop();
    },
  };
}
