// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomBlob } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';
import { expectWellMade } from '../support/ui/well-made.js';

/** Admins say what namespaces and the instance may have; owners see how much of it they have. */
let site: Site;
let ada: Credentials;
let admin: Visitor;

beforeAll(async () => {
  site = await startSite();
  ada = await site.user('ada');
  await site.registry(ada).pushBlob('ada/app', randomBlob(1500));
  admin = await site.signedIn(site.berth.admin);
});
afterAll(() => site?.stop());

const row = (name: string) =>
  admin.page.getByRole('row').filter({ has: admin.page.getByRole('link', { name, exact: true }) });
const post = async (sizeBytes: number) => {
  const { bytes, digest } = randomBlob(sizeBytes);
  return site.registry(ada).request('POST', `/v2/ada/app/blobs/uploads/?digest=${digest}`, { body: bytes });
};

it('shows what each namespace has, without a limit too', async () => {
  expect(await admin.open('/admin/namespaces')).toBe(200);
  expect(await row('ada').innerText()).toMatch(/1\.5 KB\s+1 repository/);
  expect(await admin.page.getByRole('progressbar').count()).toBe(0);
  await expectWellMade(admin);
});

it('refuses a size that is none, then sets a quota that pushes are held to', async () => {
  const { page } = admin;
  await row('ada').getByRole('link', { name: 'Quota of ada' }).click();
  await page.getByRole('heading', { name: 'Quota of ada' }).waitFor();
  await page.getByLabel('Bytes of blobs').fill('much');
  await page.getByRole('button', { name: 'Set the quota' }).click();
  await page.getByRole('alert').filter({ hasText: '“much” is no size: write it as 500 MB' }).waitFor();
  expect(await page.getByLabel('Bytes of blobs').inputValue()).toBe('much');
  await page.getByLabel('Bytes of blobs').fill('1.6 kB');
  await page.getByLabel('Repositories').fill('3');
  await page.getByRole('button', { name: 'Set the quota' }).click();
  await page.getByRole('status').filter({ hasText: 'The quota has been set.' }).waitFor();
  await row('ada').getByText('1.5 KB of 1600 B').waitFor();
  await row('ada').getByText('nearly full').waitFor();
  await row('ada').getByText('1 of 3 repositories').waitFor();
  await page.getByRole('progressbar', { name: 'What ada has of its bytes' }).waitFor();
  await expectWellMade(admin);
  const refused = await post(200);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain('The quota of the namespace \\"ada\\" is 1.6 KiB');
  expect((await post(100)).status).toBe(201);
});

it('shows it to the owners of the namespace', async () => {
  const owner = await site.signedIn(ada);
  await owner.open('/n/ada/-/settings');
  await owner.page.getByText('1.6 KB of 1600 B').waitFor();
  await owner.page.getByText('full', { exact: true }).waitFor();
  await owner.page.getByText('What is over the quota is refused; admins set it.').waitFor();
  await expectWellMade(owner);
  expect(owner.problems.all()).toEqual([]);
  await owner.close();
});

it('takes it away', async () => {
  const { page } = admin;
  await admin.open('/admin/namespaces?quota=ada');
  expect(await page.getByLabel('Bytes of blobs').inputValue()).toBe('1600 B');
  await page.getByRole('button', { name: 'Remove the quota' }).click();
  await page.getByRole('status').filter({ hasText: 'The quota has been removed.' }).waitFor();
  await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
  expect((await post(5000)).status).toBe(201);
  await page.getByRole('link', { name: 'Close' }).click();
  await page.getByRole('heading', { name: 'Quota of ada' }).waitFor({ state: 'detached' });
});

it('sets that of the instance by keyboard', async () => {
  const { page } = admin;
  await admin.open('/admin/storage');
  await page.getByLabel('Bytes of blobs').focus();
  await page.keyboard.type('2 TiB');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1000');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'The quota has been set.' }).waitFor();
  await page.getByText('6.6 KB of 2 TiB').waitFor();
  await page.getByText('1 of 1,000 repositories').waitFor();
  await expectWellMade(admin);
  const { instance } = (await site.api(site.berth.admin).get('/admin/quotas').expect(200)).body;
  expect(instance).toMatchObject({ maxBytes: 2 * 1024 ** 4, maxRepositories: 1000 });
});

it('complained of nothing', () => {
  expect(admin.problems.all()).toEqual([]);
});
