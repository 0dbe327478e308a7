// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';
import { expectWellMade } from '../support/ui/well-made.js';

/** What a policy removes is looked at first, then done, and nothing else is. */
let site: Site;
let ada: Credentials;
let owner: Visitor;
const settings = '/r/ada/app/-/settings';

beforeAll(async () => {
  site = await startSite();
  ada = await site.user('ada');
  const registry = site.registry(ada);
  for (const tag of ['v1.2', 'v1.10', 'v1.9', 'pr-1', 'pr-2', 'stable', 'edge'])
    await registry.push('ada/app', randomImage(), tag);
  await registry.push('ada/app', randomImage());
  const rules = { immutableTags: ['stable'] };
  await site.api(ada).put('/repositories/ada%2Fapp/lifecycle', rules).expect(200);
  owner = await site.signedIn(ada);
});
afterAll(() => site?.stop());

const retention = () =>
  owner.page
    .locator('section')
    .filter({ has: owner.page.getByRole('heading', { name: 'Retention' }) })
    .last();
const rule = (text: string) => retention().locator('details').filter({ hasText: text });
const table = (label: string) => retention().getByRole('region', { name: label });
const tagsNow = () => site.registry(ada).tags('ada/app');

it('says what is missing in a rule, and keeps what was typed', async () => {
  await owner.open(settings);
  await rule('Add a rule').locator('summary').click();
  const form = rule('Add a rule');
  await form.getByLabel('Tags').fill('v*');
  await form.getByRole('button', { name: 'Add the rule' }).click();
  await form.getByRole('alert').filter({ hasText: 'Say what stays' }).waitFor();
  expect(await form.getByLabel('Tags').inputValue()).toBe('v*');
});

it('shows what a rule would do before it is saved', async () => {
  const form = rule('Add a rule');
  await form.getByLabel('The last').fill('1');
  await form.getByLabel('Counted by').selectOption('semver');
  await form.getByRole('button', { name: 'Preview with this' }).click();
  await form.getByText('2 tags and 2 manifests would go').waitFor();
  expect(await table('What goes').getByRole('link', { name: /^v/ }).allInnerTexts()).toEqual([
    'v1.2',
    'v1.9',
  ]);
  expect(await form.getByLabel('The last').inputValue()).toBe('1');
  await expectWellMade(owner);
  const { body } = await site.api(ada).get('/repositories/ada%2Fapp/lifecycle').expect(200);
  expect(body.own.retention).toBeNull();
  expect(await retention().getByRole('button', { name: 'Run now' }).count()).toBe(0);
});

it('saves it by keyboard, and a second one that comes first', async () => {
  const { page } = owner;
  await rule('Add a rule').getByRole('button', { name: 'Add the rule' }).focus();
  await page.keyboard.press('Enter');
  await rule('v* keeps the highest version').waitFor();
  await owner.open(settings);
  await rule('Add a rule').locator('summary').focus();
  await page.keyboard.press('Enter');
  await rule('Add a rule').getByLabel('Tags').focus();
  await page.keyboard.type('pr-*');
  await rule('Add a rule').getByLabel('Younger than').focus();
  await page.keyboard.type('1h');
  await page.keyboard.press('Enter');
  const second = rule('pr-* keeps what is younger than 1h');
  await second.waitFor();
  await owner.open(settings);
  await second.locator('summary').focus();
  await page.keyboard.press('Enter');
  await second.getByRole('button', { name: 'Move up' }).focus();
  await page.keyboard.press('Enter');
  const first = retention().locator('summary').first();
  await first.filter({ hasText: 'pr-*' }).waitFor();
});

it('previews what goes and why the rest stays, and runs exactly that', async () => {
  const { page } = owner;
  await owner.open(settings);
  await retention().getByRole('button', { name: 'Preview', exact: true }).click();
  await retention().getByText('2 tags and 2 manifests would go').waitFor();
  const stays = await table('What stays').getByRole('row').allInnerTexts();
  expect(stays.map((line) => line.replace(/\s+/g, ' '))).toEqual([
    'Stays Because',
    '2 tags pr-1, pr-2 younger than 1h, by pr-*',
    '1 tag v1.10 the highest version, by v*',
    '1 tag stable immutable',
    '1 tag edge no rule is for them',
    '1 image without a tag no rule removes them yet',
  ]);
  const gone = await table('What goes').getByRole('link', { name: /^v/ }).allInnerTexts();
  await expectWellMade(owner);

  const before = await tagsNow();
  await retention().getByRole('button', { name: 'Run now' }).click();
  await page.getByText('2 tags and 2 manifests are in trash now.').waitFor();
  const after = await tagsNow();
  expect(before.filter((tag) => !after.includes(tag))).toEqual(gone);
  const [, last] = await table('Last runs').getByRole('row').allInnerTexts();
  expect(last).toMatch(/ada\s+2 tags, 2 manifests/);
  await expectWellMade(owner);
});

it('restores all that a run removed, by keyboard', async () => {
  const { page } = owner;
  await owner.open(settings);
  await table('Last runs').getByRole('button', { name: 'Restore' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '2 tags and 2 manifests are back.' }).waitFor();
  await table('Last runs').getByRole('button', { name: 'Restore' }).waitFor({ state: 'detached' });
  expect(await tagsNow()).toEqual(expect.arrayContaining(['v1.2', 'v1.9', 'v1.10']));
  await expectWellMade(owner);
  await retention().getByRole('button', { name: 'Preview', exact: true }).click();
  await retention().getByText('2 tags and 2 manifests would go').waitFor();
  await retention().getByRole('button', { name: 'Run now' }).click();
  await page.getByText('2 tags and 2 manifests are in trash now.').waitFor();
});

it('runs nothing when that has changed since it was shown', async () => {
  const { page } = owner;
  await owner.open(settings);
  const registry = site.registry(ada);
  await registry.push('ada/app', randomImage(), 'v1.11');
  await retention().getByRole('button', { name: 'Preview', exact: true }).click();
  await retention().getByText('1 tag and 1 manifest would go').waitFor();
  await registry.push('ada/app', randomImage(), 'v1.12');
  await retention().getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('alert').filter({ hasText: 'has changed since the preview' }).waitFor();
  expect(await tagsNow()).toEqual(expect.arrayContaining(['v1.10', 'v1.11', 'v1.12']));
});

it('shows the namespace’s rules where a repository has none, and goes back to them', async () => {
  const { page } = owner;
  await owner.open('/n/ada/-/settings');
  const form = rule('Add a rule');
  await form.locator('summary').click();
  await form.getByLabel('Tags').fill('nightly-*');
  await form.getByLabel('The last').fill('7');
  await form.getByRole('button', { name: 'Add the rule' }).click();
  await rule('nightly-* keeps the last 7 pushed').waitFor();
  await expectWellMade(owner);
  await owner.open(settings);
  await retention().getByText('These take the place of the rules of ada').waitFor();
  for (const own of ['pr-*', 'v*']) {
    await rule(`${own} keeps`).locator('summary').click();
    await rule(`${own} keeps`).getByRole('button', { name: 'Remove' }).click();
    await rule(`${own} keeps`).waitFor({ state: 'detached' });
  }
  await retention().getByText('The rules of ada hold here.').waitFor();
  await retention().getByText('nightly-* keeps the last 7 pushed').waitFor();
  await retention().getByRole('button', { name: 'Preview', exact: true }).click();
  await retention().getByText('Nothing would go.').waitFor();
  await retention().getByLabel('Images without a tag go after').fill('2 weeks');
  await retention().getByRole('button', { name: 'Save' }).last().click();
  await page.getByRole('alert').filter({ hasText: 'as in 14d' }).waitFor();
  await expectWellMade(owner);
});

it('complained of nothing', () => {
  expect(owner.problems.all().filter((line) => !line.includes('/api/v1/events'))).toEqual([]);
});
