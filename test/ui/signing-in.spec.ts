// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

it('leads a visitor to the form and, signed in, back to where he was', async () => {
  const { page, problems, ...visitor } = await site.visitor();
  expect(await visitor.open('/settings/tokens')).toBe(200);
  expect(new URL(page.url()).pathname).toBe('/login');
  await expectNoViolations(page);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /password/ })
    .waitFor();
  await page.getByLabel('Password').fill(site.berth.admin.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/tokens');
  await expectNoViolations(page);
  expect(problems.all()).toEqual([]);
});

it('signs out', async () => {
  const { page, ...admin } = await site.signedIn(site.berth.admin);
  await page.getByRole('button', { name: 'Account of admin' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await admin.open('/settings/tokens');
  expect(new URL(page.url()).pathname).toBe('/login');
});
