// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.js';
import type { RegistryClient } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

const REPOSITORY = 'admin/thousand';
const versions = Array.from({ length: 1000 }, (_, number) => `1.${number}`);

/** Journey 7: a thousand tags in one repository. */
let site: Site;
/** Between the pages and the API. */
let proxy: RecordingProxy;
let client: RegistryClient;
let admin: Visitor;

beforeAll(async () => {
  proxy = await startRecordingProxy();
  site = await startSite({ env: { BERTH_API_URL: proxy.url } });
  proxy.targets.push(site.berth.url);
  client = site.registry(site.berth.admin);
  const image = randomImage();
  await client.push(REPOSITORY, image);
  for (let from = 0; from < versions.length; from += 100) {
    const tags = versions.slice(from, from + 100).map((version) => `tag=${version}`);
    await client.putManifest(REPOSITORY, image, `${image.digest}?${tags.join('&')}`);
  }
  admin = await site.signedIn(site.berth.admin);
});
afterAll(async () => {
  await site?.stop();
  await proxy?.close();
});

const shown = ({ page }: Visitor): Promise<string[]> =>
  page
    .getByRole('region', { name: 'Tags' })
    .locator('tbody tr td:nth-child(2) a:first-of-type')
    .allInnerTexts();

async function nextPage({ page }: Visitor): Promise<boolean> {
  const next = page.getByRole('link', { name: 'Next page' });
  if ((await next.count()) === 0) return false;
  const before = page.url();
  await next.click();
  await page.waitForURL((url) => url.href !== before);
  return true;
}

it('shows 1.10 after 1.9, every tag once, by one call of the API a page', async () => {
  expect(await admin.open(`/r/${REPOSITORY}/-/tags?order=asc`)).toBe(200);
  await expectNoViolations(admin.page);
  const listed: string[] = [];
  do {
    listed.push(...(await shown(admin)));
  } while (await nextPage(admin));
  expect(listed).toEqual(versions);

  const visits = 5;
  proxy.requests.length = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    await admin.open(`/r/${REPOSITORY}/-/tags`); // the page that is left asks for nothing once more
    expect((await shown(admin)).slice(0, 3)).toEqual(['1.999', '1.998', '1.997']);
  }
  const calls = proxy.requests.map(({ path }) => path.split('?')[0]);
  const repository = `/api/v1/repositories/${encodeURIComponent(REPOSITORY)}`;
  expect(calls.filter((path) => path === `${repository}/tags`)).toHaveLength(visits);
  expect(new Set(calls)).toEqual(new Set(['/api/v1/me', repository, `${repository}/tags`]));
});

it('filters as one types and sends', async () => {
  const { page } = admin;
  await admin.open(`/r/${REPOSITORY}/-/tags?order=asc`);
  await page.getByLabel('Filter tags').fill('1.10');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=1\.10/);
  expect(await shown(admin)).toEqual(['1.10', ...versions.filter((version) => /^1\.10\d$/.test(version))]);
  await page.getByLabel('Filter tags').fill('nothing');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('heading', { name: 'No tag matches “nothing”' }).waitFor();
  await expectNoViolations(page);
});

it('goes on where a page ended, whatever came and went meanwhile', async () => {
  await admin.open(`/r/${REPOSITORY}/-/tags?order=asc`);
  expect((await shown(admin)).at(-1)).toBe('1.49');
  const image = randomImage();
  await client.push(REPOSITORY, image, '0.1');
  await client.push(REPOSITORY, image, '1.50.1');
  await site
    .api(site.berth.admin)
    .delete(`/repositories/${encodeURIComponent(REPOSITORY)}/tags/1.49`)
    .expect(200);
  await nextPage(admin);
  expect((await shown(admin)).slice(0, 3)).toEqual(['1.50', '1.50.1', '1.51']);
});

it('lists, filters, orders and pages without JavaScript', async () => {
  const visitor = await site.visitor({ javaScriptEnabled: false });
  await visitor.signIn(site.berth.admin);
  const { page } = visitor;
  await visitor.open(`/r/${REPOSITORY}/-/tags`);
  await page.getByRole('link', { name: 'Name' }).click();
  expect((await shown(visitor)).slice(0, 2)).toEqual(['0.1', '1.0']);
  await nextPage(visitor);
  expect(await shown(visitor)).toHaveLength(50);
  await page.getByLabel('Filter tags').fill('1.77');
  await page.getByRole('button', { name: 'Filter' }).click();
  expect((await shown(visitor))[0]).toBe('1.77');
  for (const tag of ['1.770', '1.771']) await page.getByLabel(`Select ${tag}`).check();
  await page.getByRole('button', { name: 'Compare the two that are ticked' }).click();
  await page.getByRole('heading', { name: '1.770 to 1.771' }).waitFor();
  await page.getByRole('heading', { name: 'No difference' }).waitFor();
});

it('complained of nothing', () => {
  expect(admin.problems.all()).toEqual([]);
});
