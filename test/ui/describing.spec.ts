// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let ada: Credentials;
beforeAll(async () => {
  site = await startSite();
  ada = await site.user('ada');
  await site.registry(ada).push('ada/app', randomImage(), '1.0');
});
afterAll(() => site.stop());

const repository = async (name = 'ada/app') =>
  (
    await site
      .api(ada)
      .get(`/repositories/${encodeURIComponent(name)}`)
      .expect(200)
  ).body;

it.each([true, false])('gives a star and takes it back, with JavaScript: %s', async (javaScriptEnabled) => {
  const { page, problems, ...visitor } = await site.signedIn(ada, { javaScriptEnabled });
  await visitor.open('/r/ada/app');
  await page.getByRole('button', { name: /^Star\b/ }).click();
  await page.getByRole('button', { name: 'Starred 1' }).waitFor();
  expect(await repository()).toMatchObject({ starCount: 1, isStarred: true });
  const search = await fetch(`${site.berth.url}/v1/search?q=app`, {
    headers: { authorization: `Basic ${Buffer.from(`${ada.username}:${ada.password}`).toString('base64')}` },
  });
  expect(await search.json()).toMatchObject({ results: [{ name: 'ada/app', star_count: 1 }] });
  await page.getByRole('button', { name: 'Starred 1' }).click();
  await page.getByRole('button', { name: 'Star 0' }).waitFor();
  expect(await repository()).toMatchObject({ starCount: 0, isStarred: false });
  expect(problems.all()).toEqual([]);
});

it('takes the description that the image brings, and another one that is written', async () => {
  const source = { 'org.opencontainers.image.source': 'https://elsewhere.invalid/code' };
  const labels = { 'org.opencontainers.image.description': 'What the label says', ...source };
  await site.registry(ada).push('ada/told', randomImage({ labels }), '1.0');
  const { page, problems, ...visitor } = await site.signedIn(ada);
  await visitor.open('/r/ada/told');
  await page.getByText('What the label says').first().waitFor();
  await visitor.open('/r/ada/told/-/tags/1.0?tab=config');
  const link = page.getByRole('link', { name: 'elsewhere.invalid/code' }).first();
  expect(await link.getAttribute('href')).toBe('https://elsewhere.invalid/code');
  expect(await link.getAttribute('rel')).toContain('noreferrer');
  await visitor.open('/r/ada/told/-/settings');
  await page.getByLabel('Description').fill('What ada says');
  await page.getByLabel('Description').press('Enter');
  await page.getByText('The description has been saved.').waitFor();
  expect(await repository('ada/told')).toMatchObject({ description: 'What ada says' });
  expect(problems.all()).toEqual([]);
});

it('shows a README before it is saved as it is shown after', async () => {
  const { page, problems, ...visitor } = await site.signedIn(ada);
  await visitor.open('/r/ada/app/-/settings');
  const text = '# An app\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n';
  await page.getByLabel('README, in Markdown').fill(text);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('heading', { name: 'An app' }).waitFor();
  await page.getByRole('cell', { name: '2' }).waitFor();
  await expectNoViolations(page);
  await page.locator('#readme').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The README has been saved.').waitFor();
  expect((await repository()).readme).toBe(text);
  await visitor.open('/r/ada/app');
  await page.getByRole('heading', { name: 'An app' }).waitFor();
  expect(problems.all()).toEqual([]);
});

const readmeField = `document.querySelector('textarea[name=readme]')`;
/** What pasting does, without the hundred seconds that a driven keyboard takes for so much. */
const paste = `(() => {
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
  set.call(${readmeField}, ('all of it '.repeat(10).trimEnd() + '\\n').repeat(11000));
  ${readmeField}.dispatchEvent(new Event('input', { bubbles: true }));
})()`;

it('refuses a README that no form could send with the reason, and keeps what was typed', async () => {
  const before = (await repository()).readme;
  const { page, problems, ...visitor } = await site.signedIn(ada);
  await visitor.open('/r/ada/app/-/settings');
  const field = page.getByLabel('README, in Markdown');
  await page.evaluate(paste);
  const alert = page.getByRole('alert').filter({ hasText: 'at most 262 KB' });
  await alert.waitFor();
  await page.locator('#readme').getByRole('button', { name: 'Save' }).click();
  expect(await alert.innerText()).toContain('1.1 MB');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('at most 262 KB').first().waitFor();
  await page.getByRole('button', { name: 'Write' }).click();
  expect(await page.evaluate(`${readmeField}.value.length`)).toBe(1_100_000);
  expect((await repository()).readme).toBe(before);
  await field.fill('# Short');
  await page.locator('#readme').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The README has been saved.').waitFor();
  expect((await repository()).readme).toBe('# Short');
  expect(problems.all()).toEqual([]);
});
