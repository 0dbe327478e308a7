// needs: chromium
import { afterAll, beforeAll, expect, it } from 'vitest';
import { letTimePass } from '../support/collection.js';
import { eventually } from '../support/eventually.js';
import { randomBlob, randomImage } from '../support/images.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import { World } from '../support/world.js';

let site: Site;
let world: World;
beforeAll(async () => {
  site = await startSite();
  world = await World.open(site.berth.env.BERTH_DATABASE_URL!);
});
afterAll(async () => {
  await world?.close();
  await site.stop();
});

it('shows an admin what a collection would free, and frees exactly that', async () => {
  const client = site.registry(site.berth.admin);
  const image = randomImage({ layerSizeBytes: 40_000 });
  await client.push('team/app', image, 'kept');
  await client.push('other/app', image, 'kept');
  const useless = [randomBlob(1000), randomBlob(1500)];
  for (const blob of useless) await client.pushBlob('team/left', blob);
  await letTimePass(world, 3 * 24 * 3600);
  const { page, problems, ...admin } = await site.signedIn(site.berth.admin);

  expect(await admin.open('/admin/gc')).toBe(200);
  await page.getByLabel('Grace period in hours').fill('24');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('With this grace period a collection would remove 2 blobs, 2.5 KB.').waitFor();
  for (const { digest } of useless) await page.getByText(digest).waitFor();
  await expectNoViolations(page);
  for (const { digest } of useless) expect(await client.hasBlob('team/left', digest)).toBe(true);
  await letTimePass(world, 3 * 24 * 3600);

  await page.getByRole('button', { name: 'Collect now' }).click();
  await page.getByRole('cell', { name: 'removed 2 blobs, 2.5 KB', exact: true }).waitFor();
  await expectNoViolations(page);
  for (const { digest } of useless) expect(await client.hasBlob('team/left', digest)).toBe(false);
  for (const { digest } of image.blobs) expect(await client.hasBlob('team/app', digest)).toBe(true);

  expect(await admin.open('/admin/storage')).toBe(200);
  await page.getByRole('heading', { name: 'Repositories', level: 2 }).waitFor();
  await page.getByRole('link', { name: 'other/app' }).waitFor();
  await expectNoViolations(page);

  expect(await admin.open('/admin/jobs')).toBe(200);
  await page.getByRole('button', { name: 'Run now: storage-check' }).click();
  const row = page.getByRole('row', { name: /storage-check/ });
  await row.getByText('drifted: 0').waitFor();
  await expectNoViolations(page);
  expect(problems.all()).toEqual([]);
});

it('shows how far a collection is while it goes on, without a reload', async () => {
  const client = site.registry(site.berth.admin);
  const useless = Array.from({ length: 60 }, () => randomBlob(100_000));
  for (const blob of useless) await client.pushBlob('team/left', blob);
  await letTimePass(world, 3 * 24 * 3600);
  const { page, problems, ...admin } = await site.signedIn(site.berth.admin);
  await admin.open('/admin/gc');
  await page.evaluate('window.wasNotReloaded = true');

  // Nobody can take a blob out of the table meanwhile: the collection stands still between links and blobs.
  await world.sql('BEGIN');
  await world.sql('LOCK TABLE removed_blobs IN EXCLUSIVE MODE');
  await page.getByRole('button', { name: 'Collect now' }).click();
  await page.getByRole('heading', { name: 'Collection under way' }).waitFor();
  const bar = page.getByRole('progressbar', { name: 'Progress of the collection' });
  await eventually('half of it is done', async () => (await bar.getAttribute('value')) === '60');
  await expectNoViolations(page);
  await world.sql('COMMIT');

  await page.getByRole('cell', { name: 'removed 60 blobs, 6 MB', exact: true }).waitFor();
  expect(await page.evaluate<boolean>('window.wasNotReloaded')).toBe(true);
  expect(problems.all()).toEqual([]);
});

it('does not exist for anybody else', async () => {
  const ada = await site.user('ada');
  const { page, ...visitor } = await site.signedIn(ada);
  for (const path of ['/admin/storage', '/admin/gc', '/admin/jobs'])
    expect(await visitor.open(path)).toBe(404);
  await eventually('the page is there', () => page.getByRole('heading').first().isVisible());
});
