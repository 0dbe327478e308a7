// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

let site: Site;
let visitor: Visitor;
let gateway: TestManifest;

beforeAll(async () => {
  site = await startSite();
  const { admin } = site.berth;
  const [api, client] = [site.api(admin), site.registry(admin)];
  const make = async (name: string, description: string, visibility = 'public') => {
    await api.post('/repositories', { name, description, visibility }).expect(201);
  };
  await make('admin/gateway', 'Routes everything');
  await make('admin/gateway-chart', 'Its chart');
  await make('admin/gate-secret', 'Nobody’s business', 'private');
  await make('admin/rtl', 'שער כניסה <img src=x onerror=alert(1)>');
  gateway = indexOf([randomImage(), randomImage({ architecture: 'arm64' })]);
  await client.push('admin/gateway', gateway, '1.2');
  await client.push(
    'admin/gateway-chart',
    randomArtifact({ artifactType: 'application/vnd.cncf.helm.config.v1+json' }),
    '1.0.0',
  );
  visitor = await site.visitor();
});
afterAll(() => site?.stop());

const field = () => visitor.page.getByRole('combobox', { name: 'Search images' });
const options = () => visitor.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

it('is focused by a slash, suggests while one types, and is followed by keyboard', async () => {
  const { page } = visitor;
  await visitor.open('/explore?q=zzzzzz'); // with nothing under the list
  await eventually('the page listens to its keys', async () => {
    await page.keyboard.press('/');
    return field().evaluate((element) => element === element.ownerDocument.activeElement);
  });
  await page.keyboard.press('Delete');
  await page.locator(':focus').and(field()).waitFor();
  expect(await field().getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.type('gatew');
  await options().first().waitFor();
  expect(await options().allInnerTexts()).toEqual(['admin/gateway-chart', 'admin/gateway']);
  expect(await field().getAttribute('aria-expanded')).toBe('true');
  await expectNoViolations(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const active = (await field().getAttribute('aria-activedescendant')) ?? '';
  expect(await page.locator(`[id="${active}"]`).innerText()).toBe('admin/gateway');
  await page.keyboard.press('Escape');
  expect(await options().count()).toBe(0);
  await page.keyboard.type('a');
  await page.keyboard.press('Backspace');
  await options().first().waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/r/admin/gateway');
});

it('suggests tags and digests, and aborts what is outdated', async () => {
  const { page } = visitor;
  await visitor.open('/');
  const aborted: string[] = [];
  page.on('requestfailed', (request) => aborted.push(new URL(request.url()).search));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/suggestions?q=admin', async (route) => {
    await held;
    await route.continue().catch(() => {}); // its request has been given up
  });
  await field().fill('admin');
  await page.waitForRequest('**/suggestions?q=admin');
  await field().fill('admin/gateway:');
  await options().first().waitFor();
  expect(await options().allInnerTexts()).toEqual(['admin/gateway:1.2']);
  await eventually('the first request is given up', () => aborted.includes('?q=admin'));
  release();
  await field().fill(gateway.digest.slice(0, 20));
  await options().filter({ hasText: 'admin/gateway@sha256:' }).click();
  await page.waitForURL(`**/r/admin/gateway/-/manifests/${gateway.digest}`);
  visitor.problems.clear();
});

it('narrows by what is counted, and gives it back', async () => {
  const { page } = visitor;
  expect(await visitor.open('/explore?q=gate')).toBe(200);
  await page.getByRole('heading', { name: '2 repositories for “gate”' }).waitFor();
  await expectNoViolations(page);
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await filters.getByRole('link', { name: 'linux/arm64' }).click();
  await page.getByRole('heading', { name: '1 repository for “gate”' }).waitFor();
  await expectNoViolations(page);
  await filters.getByRole('link', { name: /^linux\/arm64.*take it away$/ }).click();
  await page.getByRole('heading', { name: '2 repositories for “gate”' }).waitFor();
  await filters.getByRole('link', { name: 'Helm chart' }).click();
  await page.getByRole('heading', { name: '1 repository for “gate”' }).waitFor();
  expect(await page.getByRole('main').getByRole('link', { name: 'admin/gateway-chart' }).count()).toBe(1);
});

it('goes straight to what a text names exactly', async () => {
  await visitor.open('/');
  await field().fill('admin/gateway:1.2');
  await field().press('Enter');
  await visitor.page.waitForURL('**/r/admin/gateway/-/tags/1.2');
  await visitor.open(`/explore?q=${gateway.digest}`);
  expect(visitor.page.url()).toContain(`/-/manifests/${gateway.digest}`);
});

it('says what is the matter when nothing is found, or cannot be looked for', async () => {
  const { page } = visitor;
  await visitor.open('/explore?q=zzzzzz');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await expectNoViolations(page);
  expect(await visitor.open(`/explore?q=${'x+'.repeat(100)}`)).toBe(200);
  await page.getByText('A search may have at most 20 words.').waitFor();
  await expectNoViolations(page);
});

it('shows right-to-left text and markup as text', async () => {
  const { page } = visitor;
  await visitor.open('/explore?q=שער');
  const description = page.getByText('שער כניסה <img src=x onerror=alert(1)>');
  expect(await description.getAttribute('dir')).toBe('auto');
  await expectNoViolations(page);
});

it('needs no JavaScript', async () => {
  const { page, ...plain } = await site.visitor({ javaScriptEnabled: false });
  await plain.open('/');
  await page.getByRole('combobox', { name: 'Search images' }).fill('gateway');
  await page.getByRole('combobox', { name: 'Search images' }).press('Enter');
  await page.getByRole('heading', { name: '2 repositories for “gateway”' }).waitFor();
  await page.getByRole('link', { name: 'Name', exact: true }).click();
  await page.waitForURL(/sort=name/);
  await page.getByRole('main').getByRole('link', { name: 'admin/gateway', exact: true }).click();
  await page.waitForURL('**/r/admin/gateway');
});

it('opens the palette by Ctrl K, with its code at the first use', async () => {
  const { page } = visitor;
  await visitor.open('/help');
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const openByKeys = () =>
    eventually('the page listens to its keys', async () => {
      await page.keyboard.press('Control+k');
      await palette.waitFor({ timeout: 3000 });
      return true;
    });
  await openByKeys();
  expect(scripts).not.toEqual([]);
  await expectNoViolations(page);
  await page.keyboard.type('gateway');
  await palette.getByRole('option', { name: 'admin/gateway', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'hidden' });
  await openByKeys();
  await page.keyboard.type('api ref');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/api');
});

it('complained of nothing', () => {
  expect(visitor.problems.all()).toEqual([]);
});
