// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';
import { expectWellMade } from '../support/ui/well-made.js';

/** Rules for tags: which cannot change, and which end by themselves. */
let site: Site;
let ada: Credentials;
let owner: Visitor;
const settings = '/r/ada/app/-/settings';

beforeAll(async () => {
  site = await startSite();
  ada = await site.user('ada');
  const registry = site.registry(ada);
  for (const tag of ['v1.9', 'v1.10', 'v0.1', 'release-7', 'pr-1', 'edge'])
    await registry.push('ada/app', randomImage(), tag);
  owner = await site.signedIn(ada);
});
afterAll(() => site?.stop());

const panel = (title: string) =>
  owner.page.locator('section').filter({ has: owner.page.getByRole('heading', { name: title }) });
const row = (text: string) => owner.page.getByRole('row').filter({ hasText: text });

it('refuses a pattern that is none, keeps what was typed, and says what would be right', async () => {
  await owner.open(settings);
  const immutable = panel('Immutable tags').first();
  await immutable.getByText('No tag is immutable.').waitFor();
  const field = immutable.getByLabel('Patterns to add');
  await field.fill('v/*');
  await immutable.getByRole('button', { name: 'Add' }).click();
  const problem = immutable.getByRole('alert');
  await problem.waitFor();
  expect(await problem.innerText()).toContain('“v/*” is no pattern: write a tag in which * stands for any');
  expect(await field.inputValue()).toBe('v/*');
});

it('adds patterns by keyboard, and shows what they cover and which the namespace has', async () => {
  const { page } = owner;
  const { body } = await site
    .api(ada)
    .put('/namespaces/ada/lifecycle', { immutableTags: ['release-*'] })
    .expect(200);
  expect(body.own.immutableTags).toEqual(['release-*']);
  await owner.open(settings);
  await page.getByLabel('Patterns to add').focus();
  await page.keyboard.type('v* !v0.*');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'v*, !v0.*: added.' }).waitFor();
  expect(await row('v*').first().innerText()).toMatch(/2 tags\s+v1\.10, v1\.9/);
  expect(await row('!v0.*').innerText()).toMatch(/takes out 1 tag\s+v0\.1/);
  expect(await row('release-*').innerText()).toMatch(/1 tag\s+release-7\s+by the namespace/);
  expect(await row('release-*').getByRole('button').count()).toBe(0);
  await expectWellMade(owner);
});

it('puts a lock beside the tags, with the rule that holds them', async () => {
  const { page } = owner;
  await owner.open('/r/ada/app/-/tags');
  const locks = page.getByRole('img', { name: /^Immutable by/ });
  expect(await locks.count()).toBe(3);
  await row('v1.10').getByRole('img', { name: 'Immutable by v*, a rule of the repository' }).waitFor();
  await row('release-7')
    .getByRole('img', { name: 'Immutable by release-*, a rule of the namespace' })
    .waitFor();
  await owner.open('/r/ada/app/-/tags/v1.10');
  await page.getByRole('img', { name: 'Immutable by v*, a rule of the repository' }).waitFor();
  await expectWellMade(owner);
});

it('does not delete an immutable tag, and says why', async () => {
  const { page } = owner;
  await owner.open('/r/ada/app/-/tags/release-7');
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'release-7 cannot be deleted' });
  await dialog.getByText('is immutable by release-*, a rule of the namespace').waitFor();
  expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['Close']);
  await expectWellMade(owner);

  await owner.open('/r/ada/app/-/tags');
  await page.getByLabel('Select v1.9', { exact: true }).check();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('v1.9 stays: it is immutable by v*, a rule of the repository').waitFor();
  await question.getByRole('button', { name: 'Delete the tag' }).click();
  await page.getByRole('alert').filter({ hasText: '"v1.9" is immutable here' }).waitFor();
  await row('v1.9').waitFor();
});

it('deletes it once its pattern is taken away', async () => {
  const { page } = owner;
  await owner.open(settings);
  await page.getByRole('button', { name: 'Remove v*', exact: true }).click();
  await page.getByRole('button', { name: 'Remove v*', exact: true }).waitFor({ state: 'detached' });
  await owner.open('/r/ada/app/-/tags/v1.9');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the tag' }).click();
  await page.waitForURL(/\/-\/tags/);
  await row('v1.9').waitFor({ state: 'detached' });
});

it('lets tags end by a rule, and says when', async () => {
  const { page } = owner;
  await owner.open(settings);
  const expiry = panel('Tags that end by themselves').last();
  await expiry.getByLabel('Tags').fill('pr-* nightly-*');
  await expiry.getByLabel('End after').fill('two hours');
  await expiry.getByRole('button', { name: 'Save' }).click();
  await expiry.getByRole('alert').filter({ hasText: 'as in 12h or 30d' }).waitFor();
  await expiry.getByLabel('End after').fill('2h');
  await expiry.getByRole('button', { name: 'Save' }).click();
  await expiry.getByText('pr-* 1 tag now, nightly-* 0 tags now.').waitFor();
  await expectWellMade(owner);
  for (const path of ['/r/ada/app/-/tags?q=pr-1', '/r/ada/app/-/tags/pr-1']) {
    await owner.open(path);
    const end = page.getByText(/^expires in 2 hours|expires in 1(19|20) minutes$/).getByRole('time');
    expect(await end.getAttribute('title')).toMatch(/ UTC$/);
    await expectWellMade(owner);
  }
  await owner.open(settings);
  await panel('Tags that end by themselves').last().getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('status').filter({ hasText: 'No tag ends by this rule any more.' }).waitFor();
  await owner.open('/r/ada/app/-/tags?q=pr-1');
  expect(await page.getByText('expires').count()).toBe(0);
});

it('sets the same for all repositories of a namespace', async () => {
  const { page } = owner;
  await owner.open('/n/ada/-/settings');
  await page.getByRole('button', { name: 'Remove release-*', exact: true }).waitFor();
  await page.getByLabel('Patterns to add').fill('stable');
  await page.getByRole('button', { name: 'Add' }).click();
  await row('stable').waitFor();
  await expectWellMade(owner);
  const { body } = await site.api(ada).get('/namespaces/ada/lifecycle').expect(200);
  expect(body.own).toMatchObject({ immutableTags: ['release-*', 'stable'], expiry: null });
});

it('complained of nothing', () => {
  expect(owner.problems.all().filter((line) => !line.includes('/api/v1/events'))).toEqual([]);
});
