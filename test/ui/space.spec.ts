// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomBlob, randomImage } from '../support/images.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import { World } from '../support/world.js';

/** Who uses the space, as the pages say it. */
let site: Site;
let world: World;
beforeAll(async () => {
  site = await startSite();
  world = await World.open(site.berth.env.BERTH_DATABASE_URL!);
});
afterAll(async () => {
  await world?.close();
  await site?.stop();
});

const base = randomBlob(6_000_000);
const image = (sizeBytes: number) => randomImage({ layers: [base, randomBlob(sizeBytes)] });

it('shows on the home page what one’s namespaces store, share and may have', async () => {
  const ada = await site.user('ada');
  const { page, problems, ...visitor } = await site.signedIn(ada, { colorScheme: 'dark' });
  await visitor.open('/');
  await page.getByRole('heading', { name: 'Namespaces' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Storage' }).count()).toBe(0);

  const registry = site.registry(ada);
  await registry.push('ada/one', image(2_000_000), '1');
  await registry.push('ada/two', image(1_000_000), '1');
  await site
    .api(site.berth.admin)
    .put('/admin/quotas/namespaces/ada', { maxBytes: 20_000_000, maxRepositories: null })
    .expect(200);
  await visitor.open('/');
  await page.getByText('of 20 MB').waitFor();
  await page.getByText('3 MB in one repository').waitFor();
  await page.getByText('6 MB in several').waitFor();
  await page.getByText('Sharing layers saves 6 MB.').waitFor();
  await expectNoViolations(page);
  expect(problems.all().filter((line) => !line.includes('/api/v1/events'))).toEqual([]);
});

it('says of each tag what it has alone in its repository', async () => {
  const bob = await site.user('bob');
  const registry = site.registry(bob);
  const shared = image(2_000_000);
  await registry.push('bob/app', shared, '1.0');
  await registry.push('bob/app', image(1_000_000), '1.1');
  await registry.push('bob/other', shared, 'same');
  const { page, problems, ...visitor } = await site.signedIn(bob);
  await visitor.open('/r/bob/app/-/tags');
  await page.getByRole('columnheader', { name: 'Only here' }).waitFor();
  const cells = (tag: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: tag, exact: true }) })
      .getByRole('cell')
      .allInnerTexts();
  expect((await cells('1.0')).slice(4, 6)).toEqual(['8 MB', '2 MB']);
  expect((await cells('1.1')).slice(4, 6)).toEqual(['7 MB', '1 MB']);
  await expectNoViolations(page);
  expect(problems.all().filter((line) => !line.includes('/api/v1/events'))).toEqual([]);
});

it('compares the store with the database for an admin, who sees what differs', async () => {
  const { page, problems, ...admin } = await site.signedIn(site.berth.admin);
  await admin.open('/admin/storage');
  await page.getByText('Sharing layers saves').waitFor();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText(/^No differences among \d+ blobs, \d/).waitFor();
  await expectNoViolations(page);
  const lost = randomBlob(1000);
  await site.registry(site.berth.admin).pushBlob('team/app', lost);
  await world.sql(`UPDATE blobs SET storage_key = 'ab/nowhere' WHERE digest = $1`, [lost.digest]);
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText(`missing ${lost.digest}`).waitFor();
  await expectNoViolations(page);
  await admin.open('/admin/jobs');
  await page
    .getByRole('row', { name: /fsck/ })
    .getByText(/missing: 1/)
    .waitFor();
  expect(problems.all()).toEqual([]);
});
