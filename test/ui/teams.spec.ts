// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { Keyboard } from '../support/ui/keyboard.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

/** The people and machines of an organization, managed without a mouse. */
let site: Site;
let ada: Credentials;
let bob: Credentials;
let owner: Visitor;
let keys: Keyboard;
beforeAll(async () => {
  site = await startSite();
  [ada, bob] = [await site.user('ada'), await site.user('bob')];
  await site.api(ada).post('/namespaces', { name: 'platform' }).expect(201);
  await site.api(ada).post('/repositories', { name: 'platform/app', visibility: 'private' }).expect(201);
  owner = await site.signedIn(ada);
  keys = new Keyboard(owner.page);
});
afterAll(() => site?.stop());

const row = (name: string) => owner.page.getByRole('row').filter({ hasText: name });
const said = (text: string) => owner.page.getByRole('status').filter({ hasText: text }).waitFor();
const repository = '/repositories/platform%2Fapp';

it('adds a member, changes the role, and removes them', async () => {
  await keys.open('/n/platform/-/members');
  await keys.fill('textbox', 'User name', 'nobody-here');
  await keys.press('Enter');
  await owner.page.getByRole('alert').first().waitFor();
  await keys.toSearch();
  await keys.fill('textbox', 'User name', 'bob');
  await keys.choose('Role', 'writer');
  await keys.enter('button', 'Add member');
  await said('bob is writer now.');
  await keys.choose('Role of bob', 'maintainer');
  await keys.enter('button', 'Change the role of bob');
  await said('bob is maintainer now.');
  const { body } = await site.api(bob).get('/me').expect(200);
  expect(body.namespaces).toContainEqual(expect.objectContaining({ name: 'platform', role: 'maintainer' }));
  await keys.toSearch();
  await keys.enter('button', 'Remove bob');
  await row('bob').waitFor({ state: 'detached' });
});

it('gives a team access to a repository, and takes it away with the team', async () => {
  const { page } = owner;
  await site.api(ada).put('/namespaces/platform/members/bob', { role: 'reader' }).expect(200);
  await keys.open('/n/platform/-/members');
  await page.getByText('No teams yet').waitFor();
  await keys.fill('textbox', 'New team', 'release');
  await keys.fill('textbox', 'What it is for', 'Ships what is tested.');
  await keys.press('Enter');
  await said('The team release is there.');
  await keys.toSearch();
  await keys.enter('link', 'release');
  await page.getByRole('heading', { name: 'release' }).waitFor();
  await page.getByText('Nobody is in this team yet').waitFor();
  await keys.fill('textbox', 'User name', 'bob');
  await keys.press('Enter');
  await said('bob is in release now.');
  await row('bob').waitFor();
  await expectNoViolations(page);

  await keys.open('/r/platform/app/-/settings');
  await keys.choose('To a', 'team');
  await keys.fill('textbox', 'Name', 'release');
  await keys.choose('As', 'maintainer');
  await keys.enter('button', 'Give access');
  await row('release').waitFor();
  const permissions = async () => (await site.api(bob).get(repository).expect(200)).body.permissions;
  expect(await permissions()).toContain('manage');

  await keys.open('/n/platform/-/teams/release');
  await keys.enter('button', 'Remove bob');
  await page.getByText('Nobody is in this team yet').waitFor();
  expect(await permissions()).not.toContain('manage');
});

it('shows a team to its members without what they may not do, and to nobody else', async () => {
  await site.api(ada).put('/namespaces/platform/teams/release/members/bob').expect(200);
  const { page, problems, ...member } = await site.signedIn(bob);
  expect(await member.open('/n/platform/-/teams/release')).toBe(200);
  await page.getByRole('row').filter({ hasText: 'bob' }).waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  await expectNoViolations(page);
  const stranger = await site.signedIn(await site.user('carol'));
  for (const name of ['release', 'no-such-team'])
    expect(await stranger.open(`/n/platform/-/teams/${name}`)).toBe(404);
  expect(await owner.open('/n/platform/-/teams/no-such-team')).toBe(404);
  expect(problems.all()).toEqual([]);
});

it('deletes a team after it was asked', async () => {
  const { page } = owner;
  await keys.open('/n/platform/-/teams/release');
  const opener = await keys.tabTo('button', 'Delete the team…');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete release?' });
  await dialog.waitFor();
  await expectNoViolations(page);
  await keys.press('Escape');
  await keys.expectFocus(opener);
  await keys.press('Enter');
  await keys.enter('button', 'Delete the team');
  await page.getByText('No teams yet').waitFor();
  const { body } = await site.api(ada).get(`${repository}/grants`).expect(200);
  expect(body.items).toEqual([]);
});

it('makes, rotates, stops, changes and deletes a robot', async () => {
  const { page } = owner;
  await keys.open('/n/platform/-/robots');
  await keys.enter('link', 'New robot');
  await keys.expectFocus(page.getByRole('textbox', { name: 'Name', exact: true }));
  await keys.type('ci');
  await keys.press('Enter');
  await said('ci is ready');
  await row('robot+platform+ci').waitFor();
  const rotate = await keys.tabTo('button', 'Rotate ci');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rotate ci' });
  await dialog.waitFor();
  await keys.enter('button', 'Rotate');
  await dialog.getByText('ci is ready').waitFor();
  await keys.enter('button', 'Done');
  await keys.expectFocus(rotate);
  await keys.enter('button', 'Stop ci');
  await row('ci').getByText('stopped').waitFor();
  await keys.expectFocus(page.getByRole('button', { name: 'Let it go on ci' }));
  await keys.press('Enter');
  await row('ci').getByText('stopped').waitFor({ state: 'detached' });
  await keys.toSearch();
  await keys.enter('link', 'Change ci');
  await page.getByRole('heading', { name: 'Change ci' }).waitFor();
  await keys.toSearch();
  await keys.fill('textbox', 'What it is for', 'Builds');
  await keys.press('Enter');
  await row('ci').getByText('Builds').waitFor();
  await keys.toSearch();
  await keys.enter('button', 'Delete ci');
  await keys.enter('button', 'Delete');
  await page.getByText('No robots yet').waitFor();
  expect(owner.problems.all().filter((line) => !line.includes('404'))).toEqual([]);
});
