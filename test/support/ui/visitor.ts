import type { Browser, BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core';
import type { Credentials } from '../registry-client.js';
import { type Problems, recordProblems } from './problems.js';

/** Longest wait for something to show. A deadline, never an expectation. */
const LONGEST_WAIT_MILLISECONDS = 20_000;

/** A person with a browser of his own, in one tab. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What no page may do, as far as this browser has seen it happen. */
  problems: Problems;
  /** Opens a path of the site; answers its HTTP status. */
  open(path: string): Promise<number>;
  /** The same, with all of the answer. */
  visit(path: string): Promise<Response>;
  /** Signs in through the form, and waits until the page is another one. */
  signIn(credentials: Credentials): Promise<void>;
  close(): Promise<void>;
}

/** Light, 1280 × 800, reduced motion, unless said otherwise. */
export async function openVisitor(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(LONGEST_WAIT_MILLISECONDS);
  const problems = recordProblems(context, origin);
  const page = await context.newPage();
  const visit = async (path: string) => (await page.goto(path, { waitUntil: 'load' }))!;
  return {
    page,
    context,
    problems,
    visit,
    open: async (path) => (await visit(path)).status(),
    signIn: async ({ username, password }) => {
      await visit('/login');
      await page.getByLabel('User name').fill(username);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: `Account of ${username}` }).waitFor();
    },
    close: () => context.close(),
  };
}
