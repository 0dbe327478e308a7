// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { randomBlob, randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { Keyboard } from '../support/ui/keyboard.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

/** What an admin does, without a mouse. */
let site: Site;
let bob: Credentials;
let admin: Visitor;
let keys: Keyboard;
beforeAll(async () => {
  site = await startSite();
  bob = await site.user('bob');
  await site.registry(site.berth.admin).push('team/app', randomImage(), '1');
  await site.registry(site.berth.admin).pushBlob('team/app', randomBlob(1000));
  admin = await site.signedIn(site.berth.admin);
  keys = new Keyboard(admin.page);
});
afterAll(() => site?.stop());

const row = (name: string) => admin.page.getByRole('row').filter({ hasText: name });
const said = (text: string) => admin.page.getByRole('status').filter({ hasText: text }).first().waitFor();

it('makes an account, finds, disables and deletes it', async () => {
  const { page } = admin;
  await keys.open('/');
  await keys.enter('link', 'Admin');
  await keys.enter('link', 'Users');
  await page.getByRole('heading', { name: 'Users' }).waitFor();
  await keys.enter('link', 'New user');
  await keys.expectFocus(page.getByRole('textbox', { name: 'User name' }));
  await keys.type('dora');
  await keys.press('Enter');
  await said('A link for dora');
  await keys.fill('textbox', 'Name or e-mail', 'dora');
  await keys.press('Enter');
  await page.waitForURL(/q=dora/);
  await row('dora').waitFor();
  await keys.toSearch();
  await keys.enter('button', 'Disable dora');
  await row('dora').getByText('disabled').waitFor();
  await keys.expectFocus(page.getByRole('button', { name: 'Enable dora' }));
  const opener = await keys.tabTo('button', 'Delete… dora');
  await keys.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete dora?' });
  await dialog.waitFor();
  await keys.press('Escape');
  await keys.expectFocus(opener);
  await keys.press('Enter');
  await keys.fill('textbox', 'Who owns the namespace then', 'bob');
  await keys.press('Enter');
  await page.getByText('No user fits this filter').waitFor();
});

it('narrows the audit log, and takes it along', async () => {
  const { page } = admin;
  await keys.open('/help');
  await keys.press('Control+k');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await keys.type('audit');
  const option = page.getByRole('option', { name: 'Admin: audit log' });
  await eventually('the arrows reach it', async () => {
    await keys.press('ArrowDown');
    return (await option.getAttribute('aria-selected')) === 'true';
  });
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  await keys.fill('textbox', 'Action', 'user.*');
  await keys.choose('Result', 'done');
  await keys.enter('button', 'Filter');
  await page.waitForURL(/action=user/);
  await row('user:dora').first().waitFor();
  await keys.toSearch();
  await keys.tabTo('link', 'CSV');
  const downloading = page.waitForEvent('download');
  await keys.press('Enter');
  expect((await downloading).suggestedFilename()).toMatch(/\.csv$/);
});

it('previews a collection, and lets it run', async () => {
  const { page } = admin;
  await keys.open('/admin/gc');
  await keys.fill('textbox', 'Grace period in hours', '0');
  await keys.enter('button', 'Preview');
  await page.getByText('With this grace period a collection would remove').waitFor();
  await keys.toSearch();
  await keys.enter('button', 'Collect now');
  await page.getByRole('cell', { name: /^removed/ }).waitFor();
});

it("revokes somebody's access token", async () => {
  const { page } = admin;
  await site
    .api(bob)
    .post('/access-tokens', { name: 'ci', scopes: ['repository:read'] })
    .expect(201);
  await keys.open('/admin/tokens?owner=bob');
  await keys.tabTo('checkbox', 'Select ci of bob');
  await keys.press('Space');
  await keys.enter('button', 'Revoke…');
  await page.getByRole('dialog', { name: 'Revoke 1 access token?' }).waitFor();
  await keys.enter('button', 'Revoke');
  await page.getByText('No access token fits this filter').waitFor();
  const { body } = await site.api(bob).get('/access-tokens').expect(200);
  expect(body.items).toEqual([]);
  expect(admin.problems.all()).toEqual([]);
});
