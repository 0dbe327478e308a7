// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { indexOf, randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { Keyboard } from '../support/ui/keyboard.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

/** What people do every day, without a mouse: one person, one browser, one thing after the other. */
let site: Site;
let ada: Credentials;
let visitor: Visitor;
let keys: Keyboard;
beforeAll(async () => {
  site = await startSite();
  ada = await site.user('ada');
  const registry = site.registry(ada);
  await registry.push('ada/app', randomImage(), '1.0');
  const platforms = ['amd64', 'arm64'].map((architecture) => randomImage({ architecture }));
  await registry.push('ada/app', indexOf(platforms), '2.0');
  visitor = await site.visitor();
  keys = new Keyboard(visitor.page);
});
afterAll(() => site?.stop());

const at = (path: string | RegExp) =>
  visitor.page.waitForURL((url) => !!`${url.pathname}${url.search}`.match(path));
const status = (text: string | RegExp) =>
  visitor.page.getByRole('status').filter({ hasText: text }).first().waitFor();

it('signs in, skips to the content, and comes back from the menu', async () => {
  const { page } = visitor;
  await page.goto('/login');
  await keys.expectFocus(page.getByLabel('User name'));
  await keys.type(ada.username);
  await keys.tabTo('textbox', 'Password');
  await keys.type(ada.password);
  await keys.press('Enter');
  const account = page.getByRole('button', { name: 'Account of ada' });
  await account.waitFor();

  await page.goto('/');
  const skip = await keys.tabTo('link', 'Skip to the content');
  expect((await skip.boundingBox())?.height).toBeGreaterThan(20);
  await keys.press('Enter');
  await keys.expectFocus(page.getByRole('main'));
  await keys.press('Tab');
  expect(await page.evaluate<boolean>('document.activeElement.closest("main") !== null')).toBe(true);

  await keys.toSearch();
  await keys.enter('button', 'Account of ada');
  await keys.tabTo('link', 'Profile');
  await keys.press('Escape');
  await keys.expectFocus(account);
  await keys.press('Enter');
  await keys.enter('link', 'Profile');
  await page.getByRole('heading', { name: 'Profile' }).waitFor();
  await page.getByRole('link', { name: 'My namespace' }).waitFor({ state: 'hidden' });
});

it('finds an image, chooses a client and copies the command', async () => {
  const { page, context } = visitor;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
  await keys.toSearch();
  await keys.type('app');
  await page.getByRole('option', { name: 'ada/app' }).waitFor();
  await keys.press('ArrowDown', 'Enter');
  await at('^/r/ada/app$');
  await page.getByRole('heading', { name: 'Pull', exact: true }).waitFor();
  await keys.tabTo('radio', 'docker');
  await keys.press('ArrowRight');
  expect(await page.getByRole('radio', { name: 'podman' }).isChecked()).toBe(true);
  await keys.enter('button', /^Copy/);
  await status('The command is on the clipboard.');
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^podman pull .*ada\/app:2\.0$/);
});

it('stars, and the focus stays on the star', async () => {
  const { page } = visitor;
  await keys.toSearch();
  await keys.enter('button', /^Star/);
  const star = page.getByRole('button', { name: /^Starred/ });
  await star.waitFor();
  await keys.expectFocus(star);
});

it('looks through an image: its platforms and sides', async () => {
  await keys.enter('link', /^Tags/);
  await at('/-/tags$');
  await keys.enter('link', '2.0');
  await at('/-/tags/2.0$');
  await keys.enter('link', 'linux/arm64');
  await at('platform=linux%2Farm64$');
  for (const [name, tab] of [
    ['Config', 'config'],
    [/^Referrers/, 'referrers'],
    ['Raw', 'raw'],
  ] as const) {
    await keys.toSearch();
    await keys.enter('link', name);
    await at(`tab=${tab}`);
  }
});

it('compares two tags, and deletes one and brings it back', async () => {
  const { page } = visitor;
  await keys.open('/r/ada/app/-/tags');
  for (const tag of ['2.0', '1.0']) {
    await keys.tabTo('checkbox', `Select ${tag}`);
    await keys.press('Space');
  }
  await keys.enter('link', 'Compare');
  await page.getByRole('heading', { name: '1.0 to 2.0' }).waitFor();

  await keys.open('/r/ada/app/-/tags');
  await keys.tabTo('checkbox', 'Select 1.0');
  await keys.press('Space');
  const opener = await keys.tabTo('button', 'Delete…');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete 1.0?' });
  await dialog.waitFor();
  await keys.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await keys.expectFocus(opener);
  await keys.press('Enter');
  await keys.enter('button', 'Delete the tag');
  await status('Deleted 1.0.');
  await keys.expectFocus(page.getByRole('button', { name: 'Undo' }));
  await keys.press('Enter');
  await status('Restored.');
  await page.getByRole('link', { name: '1.0', exact: true }).waitFor();
});

it('describes a repository, with a preview', async () => {
  const { page } = visitor;
  await keys.open('/r/ada/app/-/settings');
  await keys.fill('textbox', 'Description', 'Made without a mouse');
  await keys.press('Enter');
  await page.getByRole('banner').waitFor();
  await page.getByRole('main').getByText('Made without a mouse').first().waitFor();
  await keys.fill('textbox', 'README, in Markdown', '# By hand');
  await keys.tabTo('button', 'Preview', { back: true });
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'By hand' }).waitFor();
  await keys.enter('button', 'Save');
  await eventually('the README is saved', async () => {
    const { body } = await site.api(ada).get('/repositories/ada%2Fapp').expect(200);
    return body.readme === '# By hand';
  });
});

it('makes a repository, publishes it by its name, and takes it back', async () => {
  const { page } = visitor;
  await keys.open('/');
  await keys.enter('link', 'New');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await keys.expectFocus(name);
  await keys.type('tool');
  await keys.tabTo('radio', /^Private/);
  await keys.press('ArrowDown', 'ArrowUp');
  await keys.enter('button', 'Make the repository');
  await at('^/r/ada/tool');

  await keys.open('/r/ada/tool/-/settings');
  await keys.tabTo('textbox', /to confirm that it may be seen/);
  await keys.type('ada/tool');
  await keys.enter('button', 'Make it public');
  await page.getByRole('button', { name: 'Make it private' }).waitFor();
  await keys.enter('button', 'Make it private');
  await page.getByRole('button', { name: 'Make it public' }).waitFor();
});

it('makes, rotates and revokes an access token', async () => {
  const { page } = visitor;
  await keys.open('/settings/tokens');
  await keys.enter('link', 'New access token');
  await keys.expectFocus(page.getByRole('textbox', { name: 'Name', exact: true }));
  await keys.type('laptop');
  await keys.tabTo('checkbox', 'push');
  await keys.press('Space');
  await keys.choose('Ends in', '30 days');
  await keys.enter('button', 'Make the access token');
  await status('laptop is ready');
  await keys.enter('button', 'Copy secret');
  await status('The secret is on the clipboard.');
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^berth_pat_/);

  const rotate = await keys.tabTo('button', 'Rotate laptop');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rotate laptop' });
  await dialog.waitFor();
  await keys.choose('The secret of before works on', 'for an hour');
  await keys.enter('button', 'Rotate');
  await dialog.getByText('laptop is ready').waitFor();
  await keys.enter('button', 'Done');
  await keys.expectFocus(rotate);

  await keys.enter('button', 'Revoke laptop');
  await keys.enter('button', 'Revoke');
  await page.getByRole('row').filter({ hasText: 'laptop' }).waitFor({ state: 'detached' });
});

it('changes its own account', async () => {
  const { page } = visitor;
  await site.signedIn(ada);
  await keys.open('/settings/profile');
  await keys.fill('textbox', 'E-mail address', 'ada@example.com');
  await keys.press('Enter');
  await status('Saved.');
  await keys.toSearch();
  await keys.enter('link', 'Sessions');
  await page.getByRole('heading', { name: 'Sessions' }).waitFor();
  await keys.enter('button', 'End all other sessions');
  await page.getByRole('button', { name: 'End all other sessions' }).waitFor({ state: 'detached' });
  await keys.open('/settings/security');
  await keys.fill('textbox', 'Password now', ada.password);
  const password = 'another long password of ada';
  await keys.fill('textbox', 'New password', password);
  await keys.fill('textbox', 'New password again', password);
  await keys.press('Enter');
  await status('The password has been changed.');
  ada.password = password;
});

it('goes anywhere by the palette, and signs out', async () => {
  const { page } = visitor;
  await keys.open('/help');
  await keys.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.waitFor();
  await keys.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await keys.expectFocus(page.getByRole('combobox', { name: 'Search images' }));
  await keys.press('Control+k');
  await palette.waitFor();
  await keys.type('profile');
  await page.getByRole('option', { name: 'Profile', exact: true }).waitFor();
  await keys.press('Enter');
  await at('^/settings/profile$');

  await keys.toSearch();
  await keys.enter('button', 'Account of ada');
  await keys.enter('button', 'Sign out');
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  expect(visitor.problems.all()).toEqual([]);
});
