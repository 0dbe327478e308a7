// needs: chromium
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexOf, randomImage } from '../support/images.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

const TAGS = 130;

let site: Site;
let visitor: Visitor;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  const ada = await site.user('ada');
  const registry = site.registry(ada);
  const platforms = indexOf([randomImage(), randomImage({ architecture: 'arm64' })]);
  await registry.push('ada/app', platforms, 'latest');
  for (let minor = 1; minor <= TAGS; minor++) await registry.putManifest('ada/app', platforms, `1.${minor}`);
  await registry.push('ada/gateway', randomImage(), '1.0');
  for (const name of ['app', 'gateway']) {
    await site.api(ada).patch(`/repositories/ada%2F${name}`, { visibility: 'public' }).expect(200);
  }
  visitor = await site.visitor({ javaScriptEnabled: false });
  page = visitor.page;
});
afterAll(() => site?.stop());

it('finds a repository by the box above every page', async () => {
  await visitor.open('/');
  await page.getByRole('combobox', { name: /search/i }).fill('gatewya');
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /ada\s*\/\s*gateway/ })
    .first()
    .click();
  expect(new URL(page.url()).pathname).toBe('/r/ada/gateway');
});

it('filters and orders what was found', async () => {
  await visitor.open('/explore');
  await page
    .getByRole('complementary', { name: 'Filters' })
    .getByRole('link', { name: /linux\/arm64/ })
    .click();
  expect(new URL(page.url()).searchParams.get('platform')).toBe('linux/arm64');
  expect(await page.getByRole('link', { name: /ada\s*\/\s*gateway/ }).count()).toBe(0);
  await page
    .getByRole('link', { name: /ada\s*\/\s*app/ })
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Most pulled' }).click();
  expect(new URL(page.url()).searchParams.get('platform')).toBe('linux/arm64');
});

it('pages through tags in the order of versions, and filters them', async () => {
  await visitor.open('/r/ada/app/-/tags');
  const shown = async () => page.getByRole('table').locator('tbody tr td:nth-child(2) a').allInnerTexts();
  const first = await shown();
  expect(first.slice(0, 3)).toEqual(['latest', `1.${TAGS}`, `1.${TAGS - 1}`]);
  await page.getByRole('link', { name: 'Next' }).click();
  const second = await shown();
  expect(second).not.toContain(first.at(-1));
  expect(second.length).toBeGreaterThan(0);
  await visitor.open('/r/ada/app/-/tags');
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('1.10');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=1\.10/);
  expect(await shown()).toEqual([
    '1.109',
    '1.108',
    '1.107',
    '1.106',
    '1.105',
    '1.104',
    '1.103',
    '1.102',
    '1.101',
    '1.100',
    '1.10',
  ]);
});

it('switches the platform of an image', async () => {
  await visitor.open('/r/ada/app/-/tags/1.2');
  await page.getByRole('link', { name: 'linux/arm64' }).click();
  expect(new URL(page.url()).searchParams.get('platform')).toBe('linux/arm64');
  await page.getByRole('link', { name: 'Config' }).click();
  await page.getByText('/bin/sh').first().waitFor();
});
