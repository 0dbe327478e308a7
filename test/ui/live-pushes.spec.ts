// needs: chromium
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { randomBlob, randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let ada: Credentials;
beforeAll(async () => {
  site = await startSite({ workers: 2 });
  ada = await site.user('ada');
});
afterAll(() => site.stop());

/** A page that was loaded anew has forgotten it. */
const mark = (page: Page) => page.evaluate('window.wasNotReloaded = true');
const isSamePage = (page: Page) => page.evaluate<boolean>('window.wasNotReloaded === true');

it('shows a first push at home while it goes on, and its repository once it is done', async () => {
  const { page, problems, ...visitor } = await site.signedIn(ada);
  await visitor.open('/');
  await page.getByText('No images yet').waitFor();
  await mark(page);
  const registry = site.registry(ada);
  const blob = randomBlob(300_000);
  const upload = await registry.startUpload('ada/first');
  const rest = await registry.sendChunk(upload, blob.bytes.subarray(0, 200_000), 0);
  const row = page.getByRole('progressbar', { name: 'Push of ada/first' });
  await row.waitFor();
  await page.getByText('0 of 1 layer · 200 KB so far').waitFor();
  expect(await row.getAttribute('value')).toBe('1');
  await expectNoViolations(page);
  await registry.finishUpload(rest, blob.digest, blob.bytes.subarray(200_000));
  await registry.push('ada/first', randomImage(), '1.0');
  await page.getByRole('listitem').filter({ hasText: 'ada/first' }).waitFor();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('status').filter({ hasText: 'ada/first:1.0 has been pushed.' }).waitFor();
  expect(await isSamePage(page)).toBe(true);
  expect(problems.all()).toEqual([]);
});

it('adds a pushed tag to the tags of a public repository, for visitors too', async () => {
  await site.registry(ada).push('ada/open', randomImage(), '1.0');
  await site.api(ada).patch('/repositories/ada%2Fopen', { visibility: 'public' }).expect(200);
  const { page, problems, ...visitor } = await site.visitor();
  await visitor.open('/r/ada/open/-/tags');
  await mark(page);
  await eventually('the stream has begun', async () => {
    await site.registry(ada).push('ada/open', randomImage(), '2.0');
    return page.getByRole('link', { name: '2.0', exact: true }).isVisible();
  });
  expect(await isSamePage(page)).toBe(true);
  expect(problems.all()).toEqual([]);
});

it('goes on where it was when the server was away', async () => {
  const { page, ...visitor } = await site.signedIn(ada);
  await visitor.open('/');
  await page.getByRole('listitem').filter({ hasText: 'ada/first' }).waitFor();
  await mark(page);
  await site.berth.shutDown();
  await site.berth.restart();
  await site.registry(ada).push('ada/after', randomImage(), '1.0');
  await page.getByRole('listitem').filter({ hasText: 'ada/after' }).waitFor({ timeout: 60_000 });
  expect(await isSamePage(page)).toBe(true);
});

it('shows that a repository is not there any more once it may not be read', async () => {
  await site.registry(ada).push('ada/closing', randomImage(), '1.0');
  await site.api(ada).patch('/repositories/ada%2Fclosing', { visibility: 'public' }).expect(200);
  const { page, ...visitor } = await site.visitor();
  const hasBegun = page.waitForResponse((response) => response.url().includes('/api/v1/events'));
  await visitor.open('/r/ada/closing');
  await hasBegun;
  await site.api(ada).patch('/repositories/ada%2Fclosing', { visibility: 'private' }).expect(200);
  await site.registry(ada).push('ada/closing', randomImage(), '2.0');
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /not (here|found)|nothing/i })
    .waitFor();
  expect(await page.getByText('2.0').count()).toBe(0);
});

it('is the same list without JavaScript', async () => {
  const { page, ...visitor } = await site.visitor({ javaScriptEnabled: false });
  expect(await visitor.open('/r/ada/open/-/tags')).toBe(200);
  await page.getByRole('link', { name: '1.0', exact: true }).waitFor();
});
