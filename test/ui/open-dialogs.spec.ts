// needs: chromium
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { violations } from '../support/ui/accessibility.js';
import { type PlatformStory, tellPlatformStory } from '../support/ui/platform-story.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let story: PlatformStory;
beforeAll(async () => {
  site = await startSite();
  story = await tellPlatformStory(site, { bytesPerKilobyte: 1 });
});
afterAll(() => site?.stop());

interface Opening {
  path: string;
  /** By keyboard, from the page as it has loaded. */
  open(page: Page): Promise<void>;
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
};

const gateway = '/r/platform/api-gateway';

const openings: Opening[] = [
  {
    path: '/settings/tokens',
    open: press('Revoke laptop'),
  },
  {
    path: '/n/platform/-/robots',
    open: press(/^Delete/),
  },
  {
    path: `${gateway}/-/tags/2.8.0`,
    open: press(/^Delete/),
  },
  {
    path: `${gateway}/-/tags`,
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select 2.8.0' }).focus();
      await page.keyboard.press('Space');
      await press(/^Delete/)(page);
    },
  },
  {
    path: '/',
    open: (page) =>
      eventually('the page listens to its keys', async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog').waitFor({ timeout: 3000 });
        return true;
      }).then(() => undefined),
  },
];

it.each(openings)(
  'a dialog of $path opens by keyboard, is right in light and dark, and closes',
  async ({ path, open }) => {
    const { page, problems, ...alice } = await site.signedIn(story.alice);
    await alice.open(path);
    await open(page);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)));
    }
    expect(found).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(problems.all().filter((line) => line.startsWith('thrown'))).toEqual([]);
    await alice.close();
  },
);

it.each(['light', 'dark'] as const)('the menu and the suggestions are right in %s', async (colorScheme) => {
  const { page, ...alice } = await site.signedIn(story.alice, { colorScheme });
  await alice.open('/new');
  await press('Account of alice')(page);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('gate');
  await page.getByRole('option').first().waitFor();
  expect(await violations(page)).toEqual([]);
  await alice.close();
});
