// needs: chromium
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

let site: Site;
let admin: Visitor;

beforeAll(async () => {
  site = await startSite();
  admin = await site.signedIn(site.berth.admin);
});
afterAll(() => site?.stop());

const row = (text: string) => admin.page.getByRole('row').filter({ hasText: text });
const pages = ['users', 'namespaces', 'tokens', 'robots', 'audit', 'health'];

describe('the pages of admins', () => {
  it('are a 404 like any other for everybody else', async () => {
    const plain = await site.signedIn(await site.user('plain'));
    const nobody = await site.visitor();
    for (const visitor of [plain, nobody]) {
      const shown = () => visitor.page.locator('body').innerText();
      expect(await visitor.open('/no-such-page')).toBe(404);
      const absent = await shown();
      for (const path of ['/admin', '/admin/no-such-page', ...pages.map((page) => `/admin/${page}`)]) {
        expect([path, await visitor.open(path)]).toEqual([path, 404]);
        expect([path, (await shown()).replaceAll(path, '/no-such-page')]).toEqual([path, absent]);
      }
      expect(visitor.problems.all()).toEqual([]);
    }
  });

  it.each(pages)('/admin/%s is well made, wide and narrow, light and dark', async (path) => {
    const { page } = admin;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await admin.open(`/admin/${path}`)).toBe(200);
      await expectNoViolations(page);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 320, height: 700 });
    await admin.open(`/admin/${path}`);
    const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overhang).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(admin.problems.clear()).toEqual([]);
  });

  it("revoke somebody's access token, one or many", async () => {
    const bob = await site.user('bob');
    const made = [];
    for (const name of ['ci', 'laptop', 'kept'])
      made.push(
        (
          await site
            .api(bob)
            .post('/access-tokens', { name, scopes: ['repository:read'] })
            .expect(201)
        ).body,
      );
    const { page } = admin;
    await admin.open('/admin/tokens?owner=bob');
    for (const name of ['ci', 'laptop']) await page.getByLabel(`Select ${name} of bob`).check();
    await page.getByRole('button', { name: 'Revoke…' }).click();
    await expectNoViolations(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('status').filter({ hasText: 'Revoked 2 access tokens.' }).waitFor();
    const status = async (token: string) =>
      (await fetch(`${site.berth.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await Promise.all(made.map(({ token }) => status(token)))).toEqual([401, 401, 200]);
  });

  it('narrow the audit log, and export what is shown', async () => {
    const { page } = admin;
    await site.api(site.berth.admin).post('/namespaces', { name: 'logged' }).expect(201);
    await admin.open('/admin/audit');
    await page.getByLabel('Action').fill('namespace.*');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/action=namespace/);
    await row('namespace:logged').waitFor();
    expect(await page.getByText('session.create').count()).toBe(0);
    for (const [name, first] of [
      ['CSV', 'id,at,actor,credential,address,action,object,result,details'],
      ['JSON lines', '{"id":'],
    ] as const) {
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      const file = await text(await (await downloading).createReadStream());
      expect(file.startsWith(first)).toBe(true);
      expect(file).toContain('namespace:logged');
      expect(file).not.toContain('session.create');
    }
    await page.getByLabel('Result').selectOption('refused');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText('Nothing fits this filter').waitFor();
    await expectNoViolations(page);
  });

  it('make an account, whose owner sets the password by a link', async () => {
    const { page } = admin;
    await admin.open('/admin/users?new');
    await expectNoViolations(page);
    await page.getByLabel('User name').fill('dora');
    await page.getByRole('button', { name: 'Make the account' }).click();
    const link = page.getByRole('status').filter({ hasText: 'A link for dora' });
    await link.waitFor();
    const url = (await link.locator('code').textContent())!;
    const dora = await site.visitor();
    await dora.open(url.replace(site.origin, ''));
    await expectNoViolations(dora.page);
    await dora.page.getByLabel('New password').fill('a long password of dora');
    await dora.page.getByRole('button', { name: 'Set the password' }).click();
    await dora.page.getByText('The password is set').waitFor();
    await dora.signIn({ username: 'dora', password: 'a long password of dora' });
    expect(dora.problems.all()).toEqual([]);
  });

  it('disable an account, whose browser is signed out at once, and enable it', async () => {
    const erin = await site.user('erin');
    const visitor = await site.signedIn(erin);
    await admin.open('/admin/users?q=erin');
    await row('erin').getByRole('button', { name: 'Disable' }).click();
    await row('erin').getByText('disabled').waitFor();
    await visitor.open('/settings/profile');
    expect(new URL(visitor.page.url()).pathname).toBe('/login');
    await row('erin').getByRole('button', { name: 'Enable' }).click();
    await row('erin').getByRole('button', { name: 'Disable' }).waitFor();
    await visitor.signIn(erin);
  });

  it('delete an account, and choose who gets what it had', async () => {
    const { page } = admin;
    const [, fred] = [await site.user('gone'), await site.user('fred')];
    await admin.open('/admin/users?q=gone');
    await row('gone').getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete gone?' });
    await expectNoViolations(page);
    await dialog.getByLabel('Who owns the namespace then').fill('fred');
    await dialog.getByRole('button', { name: 'Delete the account' }).click();
    await page.getByText('No user fits this filter').waitFor();
    const { body } = await site.api(fred).get('/me').expect(200);
    expect(body.namespaces).toContainEqual(expect.objectContaining({ name: 'gone', role: 'owner' }));
  });

  it('make and take admin, which counts at the next page', async () => {
    const visitor = await site.signedIn(await site.user('gina'));
    expect(await visitor.open('/admin/users')).toBe(404);
    await admin.open('/admin/users?q=gina');
    await row('gina').getByRole('button', { name: 'Make admin' }).click();
    await row('gina').getByRole('button', { name: 'Take admin' }).waitFor();
    expect(await visitor.open('/admin/users')).toBe(200);
    await row('gina').getByRole('button', { name: 'Take admin' }).click();
    await eventually('it counts', async () => (await visitor.open('/admin/users')) === 404);
  });
});

describe('the page Health', () => {
  const mismatch = (by: Visitor) => by.page.getByText('clients are sent to');

  it('says nothing to an admin who uses the address that clients use', async () => {
    expect(await admin.open('/admin/health')).toBe(200);
    await admin.page.getByText('Everything that Berth needs can be reached.').waitFor();
    expect(await mismatch(admin).count()).toBe(0);
  });

  it('tells one who has come by another address, of which the log has told as well', async () => {
    const other = `127.0.0.1:${new URL(site.berth.url).port}`;
    const visitor = await site.visitor({ baseURL: `http://${other}` });
    const cookies = await admin.context.cookies();
    await visitor.context.addCookies(cookies.map((cookie) => ({ ...cookie, domain: '127.0.0.1' })));
    expect(await visitor.open('/admin/health')).toBe(200);
    const text = await mismatch(visitor).innerText();
    expect(text).toContain(`You have come by ${other}, but clients are sent to ${site.origin}`);
    expect(text).toContain('Set BERTH_PUBLIC_URL to the address that clients use');
    await fetch(`http://${other}/v2/`);
    await eventually('the log tells it', () =>
      site.berth.output().includes('a client uses another address than BERTH_PUBLIC_URL'),
    );
    await visitor.close();
  });
});
