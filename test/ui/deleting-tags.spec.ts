// needs: chromium dockerd docker busybox
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { eventually } from '../support/eventually.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { holdUndo } from '../support/ui/hold-undo.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

/** Journey 8: some of the tags on one digest are deleted, and come back. */
let site: Site;
let engine: DockerEngine;
let admin: Visitor;

beforeAll(async () => {
  [site, engine] = await Promise.all([startSite(), startDocker()]);
  const { username, password } = site.berth.admin;
  await engine.dockerAnyway(['login', site.berth.host, '-u', username, '--password-stdin'], {
    input: password,
  });
  await engine.buildBusybox('base');
  for (const tag of ['1', '2', '3', '4']) {
    await engine.docker('tag', 'base', nameOf(tag));
    await engine.docker('push', nameOf(tag));
  }
  admin = await site.signedIn(site.berth.admin);
});
afterAll(async () => {
  await engine?.stop();
  await site?.stop();
});

const nameOf = (tag: string) => `${site.berth.host}/admin/app:${tag}`;

/** Which of the tags the engine can pull. */
async function pulled(...tags: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const tag of tags) {
    await engine.dockerAnyway(['rmi', nameOf(tag)]);
    const { code, stderr } = await engine.dockerAnyway(['pull', nameOf(tag)]);
    if (code === 0) found.push(tag);
    else expect(stderr).toMatch(/manifest unknown|not found/i);
  }
  return found;
}

const row = (tag: string) => admin.page.getByRole('link', { name: tag, exact: true });

it('deletes one of several tags on a digest: the others pull, and undo brings it back', async () => {
  const { page } = admin;
  await admin.open('/r/admin/app/-/tags');
  await page.getByLabel('Select 2', { exact: true }).check();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 2?' });
  expect(await dialog.getByRole('listitem').innerText()).toBe('2: the image keeps 1, 3, 4');
  await expectNoViolations(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await pulled('2')).toEqual(['2']);

  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete the tag' }).click();
  await page.getByRole('status').filter({ hasText: 'Deleted 2.' }).waitFor();
  await holdUndo(admin);
  await row('2').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await row('2').waitFor();
  expect(await pulled('1', '2')).toEqual(['1', '2']);
});

it('leaves the others as they are, and restores from the activity page later', async () => {
  const { page } = admin;
  await admin.open('/r/admin/app/-/tags/2');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the tag' }).click();
  await page.getByRole('status').filter({ hasText: 'Deleted 2.' }).waitFor();
  await page.waitForURL(/\/-\/tags$/);
  expect(await pulled('1', '2', '3')).toEqual(['1', '3']);
  await admin.open('/r/admin/app/-/activity?tag=2');
  await page
    .getByRole('button', { name: /Restore/ })
    .first()
    .click();
  await page.getByText('Restored.').waitFor();
  expect(await pulled('2')).toEqual(['2']);
});

it('deletes three at once, by keyboard alone, and brings all three back', async () => {
  const { page } = admin;
  await admin.open('/r/admin/app/-/tags');
  for (const tag of ['1', '2', '3']) {
    await page.getByLabel(`Select ${tag}`, { exact: true }).focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: 'Delete…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete 3 tags?' });
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual(
    ['3', '2', '1'].map((tag) => `${tag}: the image keeps 4`),
  );
  await dialog.getByRole('button', { name: 'Delete the tags' }).press('Enter');
  await page.getByRole('status').filter({ hasText: 'Deleted 3 tags.' }).waitFor();
  await page.keyboard.press('Enter'); // the undo button has the focus, and goes after ten seconds
  await page.getByRole('status').filter({ hasText: 'Restored.' }).waitFor();
  expect(await pulled('1', '2', '3')).toEqual(['1', '2', '3']);
});

it('can be undone from wherever one goes within ten seconds', async () => {
  const { page } = admin;
  await admin.open('/r/admin/app/-/tags');
  await page.getByLabel('Select 3', { exact: true }).check();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the tag' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await holdUndo(admin);
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.waitForURL(/\/-\/activity$/);
  await undo.click();
  await eventually('it is back', async () => (await pulled('3')).length === 1);
});

it('deletes what may go, and says why an immutable tag does not', async () => {
  const { page } = admin;
  const rules = '/repositories/admin%2Fapp/lifecycle';
  await site
    .api(site.berth.admin)
    .put(rules, { immutableTags: ['1'] })
    .expect(200);
  await admin.open('/r/admin/app/-/tags');
  for (const tag of ['1', '2']) await page.getByLabel(`Select ${tag}`, { exact: true }).check();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the tags' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /^1 was not deleted: .*immutable/ })
    .waitFor();
  await page.getByRole('status').filter({ hasText: 'Deleted 2.' }).waitFor();
  await expectNoViolations(page);
  expect(await pulled('1', '2')).toEqual(['1']);

  await admin.open('/r/admin/app/-/tags/1');
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: '1 cannot be deleted' });
  await dialog.getByText('is immutable by 1, a rule of the repository').waitFor();
  await expectNoViolations(page);
});

it('complained of nothing', () => {
  expect(admin.problems.all()).toEqual([]);
});
