// needs: chromium
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let database: TestDatabase;
let postgres: TcpProxy;
let site: Site;
let ada: Credentials;
beforeAll(async () => {
  database = await createDatabase(inject('postgresUrl'));
  const direct = new URL(database.url);
  postgres = await startTcpProxy(`http://${direct.host}`);
  const proxied = new URL(direct);
  proxied.port = new URL(postgres.endpoint).port;
  site = await startSite({ env: { BERTH_DATABASE_URL: proxied.href } });
  ada = await site.user('ada');
  await site.registry(ada).push('ada/app', randomImage(), '1.0');
});
afterAll(async () => {
  await site?.stop();
  await postgres?.stop();
  await database?.drop();
});

afterEach(() => postgres.restore());

it('says that Berth does not answer while its database is away, and works again by a click', async () => {
  const { page, ...person } = await site.signedIn(ada);
  postgres.cut();
  for (const path of ['/', '/explore', '/r/ada/app', '/r/ada/app/-/tags', '/settings/tokens']) {
    expect([path, await person.open(path)]).toEqual([path, 500]);
    await page.getByRole('heading', { level: 1, name: /cannot be shown/ }).waitFor();
    await expectNoViolations(page);
  }
  await person.open('/r/ada/app');
  await page.getByRole('heading', { level: 1, name: /cannot be shown/ }).waitFor();
  postgres.restore();
  await eventually('Berth reaches its database again', async () => (await fetch(`${site.origin}/readyz`)).ok);
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: /ada\s*\/\s*app/ }).waitFor();
});

it('says so without JavaScript as well, and leads back', async () => {
  const { page, ...person } = await site.visitor({ javaScriptEnabled: false });
  await person.signIn(ada);
  postgres.cut();
  expect(await person.open('/r/ada/app/-/tags?sort=name')).toBe(500);
  await page.getByRole('heading', { level: 1, name: /cannot be shown/ }).waitFor();
  postgres.restore();
  await eventually('Berth reaches its database again', async () => (await fetch(`${site.origin}/readyz`)).ok);
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByRole('link', { name: '1.0', exact: true }).waitFor();
  expect(page.url()).toBe(`${site.origin}/r/ada/app/-/tags?sort=name`);
});

it('says within the app, too, that a page cannot be shown', async () => {
  const { page, ...person } = await site.signedIn(ada);
  await person.open('/r/ada/app');
  postgres.cut();
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('heading', { level: 1, name: /cannot be shown/ }).waitFor();
  postgres.restore();
  await eventually('Berth reaches its database again', async () => (await fetch(`${site.origin}/readyz`)).ok);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: /ada\s*\/\s*app/ }).waitFor();
});

it('asks to sign in again when the session was ended in another tab', async () => {
  const { page, context, ...person } = await site.signedIn(ada);
  await person.open('/settings/profile');
  const other = await context.newPage();
  await other.goto('/settings/sessions');
  await other.getByRole('button', { name: 'Account of ada' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await person.open('/new');
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/new');
});

it('leads a form that was open when the session ended to the sign-in, and back', async () => {
  const { page, context, ...person } = await site.signedIn(ada);
  await person.open('/r/ada/app/-/settings');
  await context.clearCookies();
  await page.getByRole('textbox', { name: 'Description' }).fill('Too late');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.waitForURL('**/login?**');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/r/ada/app/-/settings');
});

it('says that a repository deleted meanwhile is gone', async () => {
  await site.registry(ada).push('ada/doomed', randomImage(), '1.0');
  const { page, problems, ...person } = await site.signedIn(ada);
  await person.open('/r/ada/doomed/-/settings');
  await site.api(ada).delete('/repositories/ada%2Fdoomed').expect(204);
  await page.getByRole('textbox', { name: 'Description' }).fill('Nobody will read it');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page
    .getByRole('alert')
    .filter({ hasText: /no such repository/ })
    .waitFor();
  await page.getByRole('link', { name: 'Tags' }).click();
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
  expect(problems.all().filter((line) => !line.includes('404'))).toEqual([]);
});
