// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexOf, randomArtifact, randomImage, randomLayer } from '../support/images.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

let site: Site;
let visitor: Visitor;

beforeAll(async () => {
  site = await startSite();
  const { admin } = site.berth;
  const client = site.registry(admin);
  for (const name of ['admin/app', 'admin/chart']) {
    await site.api(admin).post('/repositories', { name, visibility: 'public' }).expect(201);
  }
  const base = randomLayer(50_000);
  const build = (team: string) =>
    indexOf(
      ['amd64', 'arm64'].map((architecture) =>
        randomImage({
          layers: [base, randomLayer(4000)],
          architecture,
          labels: { team, note: '<img src=x onerror=alert(1)>' },
        }),
      ),
    );
  await client.push('admin/app', build('one'), '1.0');
  await client.push('admin/app', build('two'), '1.1');
  await client.push('admin/app', build('two'), '2.0');
  const artifactType = 'application/vnd.cncf.helm.config.v1+json';
  for (const version of ['1', '2']) {
    await client.push('admin/chart', randomArtifact({ artifactType, annotations: { version } }), version);
  }
  visitor = await site.visitor();
});
afterAll(() => site?.stop());

const heading = (name: string) => visitor.page.getByRole('heading', { name, exact: true });
const table = (name: string) => visitor.page.getByRole('region', { name, exact: true });

it('compares two ticked tags, the older with the newer, for whoever may read them', async () => {
  const { page } = visitor;
  await visitor.open('/r/admin/app/-/tags');
  await page.getByLabel('Select 1.1').check();
  expect(await page.getByRole('link', { name: 'Compare' }).count()).toBe(0);
  await page.getByLabel('Select 1.0').check();
  expect(await page.getByRole('button', { name: 'Delete…' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Compare' }).click();
  await heading('1.0 to 1.1').waitFor();
  expect(new URL(page.url()).pathname).toBe('/r/admin/app/-/compare/1.0...1.1');
  const rows = await table('Layers').getByRole('row').allInnerTexts();
  expect(rows.slice(1).map((row) => row.trim().split(/\s/)[0])).toEqual(['shared', 'new', 'gone']);
  expect(await table('Labels').getByRole('row').last().innerText()).toMatch(/team\s+one\s+two/);
  await expectNoViolations(page);
});

it('shows one platform of an index, and the other way round', async () => {
  const { page } = visitor;
  await visitor.open('/r/admin/app/-/compare/1.0...2.0');
  await page.getByRole('navigation', { name: 'Platform' }).getByRole('link', { name: 'linux/arm64' }).click();
  await page.waitForURL(/platform=linux%2Farm64/);
  expect(await page.getByText('linux/arm64', { exact: true }).count()).toBe(3); // the switch and both sides
  await page.getByRole('link', { name: 'Swap' }).click();
  await heading('2.0 to 1.0').waitFor();
});

it('is reached from an image by the tags that are offered', async () => {
  const { page } = visitor;
  await visitor.open('/r/admin/app/-/tags/1.0');
  await page.getByRole('link', { name: 'Compare…' }).click();
  await heading('Compare two tags').waitFor();
  expect(await page.getByLabel('From').inputValue()).toBe('1.0');
  await page.getByLabel('To').fill('1.0');
  await page.keyboard.press('Enter');
  await heading('No difference').waitFor();
  await expectNoViolations(page);
});

it('says of artifacts without a config what can be said', async () => {
  await visitor.open('/r/admin/chart/-/compare/1...2');
  await visitor.page.getByText('Config, environment and labels cannot be compared').waitFor();
  expect(await table('Files').getByRole('row').count()).toBe(3);
  expect(await table('Annotations').getByRole('row').last().innerText()).toMatch(/version\s+1\s+2/);
  await expectNoViolations(visitor.page);
});

it('is 404 for what is not there', async () => {
  expect(await visitor.open('/r/admin/app/-/compare/1.0...9')).toBe(404);
  expect(await visitor.open('/r/admin/app/-/compare/1.0...1.1?platform=plan9%2Fmips')).toBe(404);
  visitor.problems.clear();
});

it('is right in the dark and on a small screen', async () => {
  const { page, ...small } = await site.visitor({
    colorScheme: 'dark',
    viewport: { width: 320, height: 700 },
  });
  await small.open('/r/admin/app/-/compare/1.0...2.0');
  await expectNoViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  await small.open('/explore?q=app');
  await expectNoViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  await small.open('/r/admin/app/-/tags');
  await expectNoViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  expect(small.problems.all()).toEqual([]);
});

it('complained of nothing', () => {
  expect(visitor.problems.all()).toEqual([]);
});
