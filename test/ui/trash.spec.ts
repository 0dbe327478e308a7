// needs: chromium dockerd docker busybox
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { eventually } from '../support/eventually.js';
import { descriptorOf, indexOf, randomArtifact, randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { holdUndo } from '../support/ui/hold-undo.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';

/** What is deleted in the pages comes back from the pages, and pulls. */
let site: Site;
let engine: DockerEngine;
let ada: Credentials;
let owner: Visitor;

beforeAll(async () => {
  [site, engine] = await Promise.all([startSite(), startDocker()]);
  ada = await site.user('ada');
  await site.user('bob').then(({ username }) =>
    site
      .api(ada)
      .post('/namespaces', { name: 'team' })
      .then(() => site.api(ada).put(`/namespaces/team/members/${username}`, { role: 'writer' }).expect(200)),
  );
  await engine.dockerAnyway(['login', site.berth.host, '-u', 'ada', '--password-stdin'], {
    input: ada.password,
  });
  await engine.buildBusybox('base');
  owner = await site.signedIn(ada);
});
afterAll(async () => {
  await engine?.stop();
  await site?.stop();
});

async function push(name: string): Promise<void> {
  await engine.docker('tag', 'base', `${site.berth.host}/${name}`);
  await engine.docker('push', `${site.berth.host}/${name}`);
}

async function pulls(name: string): Promise<boolean> {
  await engine.dockerAnyway(['rmi', `${site.berth.host}/${name}`]);
  return (await engine.dockerAnyway(['pull', `${site.berth.host}/${name}`])).code === 0;
}

it('restores a repository from the trash of its namespace', async () => {
  const { page } = owner;
  await push('team/app:1');
  await owner.open('/r/team/app/-/settings');
  await page.getByLabel(/to confirm the deletion/).fill('team/app');
  await page.getByRole('button', { name: 'Delete the repository' }).click();
  await page.waitForURL('**/n/team/-/trash');
  await page.getByRole('status').filter({ hasText: 'Deleted team/app.' }).waitFor();
  const row = page.getByRole('row', { name: /team\/app/ });
  await row.getByText('1 tag', { exact: true }).waitFor();
  await row.getByText('in 7 days').waitFor();
  await expectNoViolations(page);
  expect(await pulls('team/app:1')).toBe(false);

  await row.getByRole('button', { name: 'Restore team/app' }).click();
  await page.waitForURL('**/r/team/app');
  expect(await pulls('team/app:1')).toBe(true);
});

it('asks for another name when a repository’s own is taken again', async () => {
  const { page } = owner;
  await push('team/twice:old');
  await site.api(ada).delete('/repositories/team%2Ftwice').expect(204);
  await push('team/twice:new');
  await owner.open('/trash');
  const restore = page.getByRole('button', { name: 'Restore team/twice' });
  await restore.click();
  await page.getByRole('alert').filter({ hasText: 'There is a repository “team/twice” again' }).waitFor();
  await expectNoViolations(page);
  const field = page.getByLabel('New name of team/twice');
  expect(await field.inputValue()).toBe('team/twice-restored');
  await restore.click();
  await page.waitForURL('**/r/team/twice-restored');
  expect(await pulls('team/twice-restored:old')).toBe(true);
});

it('deletes a repository for good once its name is typed', async () => {
  const { page } = owner;
  await site.registry(ada).push('team/gone', randomImage(), '1');
  await site.api(ada).delete('/repositories/team%2Fgone').expect(204);
  await owner.open('/n/team/-/trash');
  await page.getByRole('button', { name: 'Delete for good… team/gone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete team/gone for good?' });
  const confirm = dialog.getByRole('button', { name: 'Delete for good' });
  expect(await confirm.isDisabled()).toBe(true);
  await expectNoViolations(page);
  await dialog.getByRole('textbox').fill('team/gone');
  await confirm.click();
  await page.getByRole('heading', { name: 'Nothing is in trash' }).waitFor();
  expect((await site.api(ada).get('/trash')).body.items).toEqual([]);
});

it('brings an image back with what went with it, and deletes one for good', async () => {
  const { page } = owner;
  const registry = site.registry(ada);
  const [amd64, arm64] = [randomImage(), randomImage({ architecture: 'arm64' })];
  const index = indexOf([amd64, arm64]);
  const sbom = randomArtifact({ subject: descriptorOf(index) });
  await registry.push('team/multi', index, '1.0');
  await registry.push('team/multi', sbom);
  await owner.open(`/r/team/multi/-/manifests/${amd64.digest}`);
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete this manifest?' });
  await dialog.getByText('An index needs it').waitFor();
  expect(await dialog.getByRole('button', { name: 'Delete the manifest' }).count()).toBe(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await owner.open(`/r/team/multi/-/manifests/${index.digest}`);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByText('The images it lists go too').waitFor();
  await dialog.getByRole('button', { name: 'Delete the manifest' }).click();
  await page.getByRole('status').filter({ hasText: 'Deleted sha256:' }).waitFor();
  await page.getByRole('link', { name: 'Trash' }).click();
  const row = page.getByRole('row', { name: /1\.0/ });
  await row.getByText('with 3 more manifests').waitFor();
  await expectNoViolations(page);
  await row.getByRole('button', { name: /^Restore/ }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Restored sha256:/ })
    .waitFor();
  await page.getByRole('heading', { name: 'Nothing is in trash here' }).waitFor();
  for (const manifest of [amd64, arm64, index, sbom])
    expect(await registry.pullManifest('team/multi', manifest.digest)).toEqual(manifest.bytes);

  await site.api(ada).delete(`/repositories/team%2Fmulti/manifests/${index.digest}`).expect(204);
  await owner.open('/r/team/multi/-/trash');
  await page.getByRole('button', { name: /^Delete for good/ }).click();
  const purge = page.getByRole('dialog', { name: 'Delete this image for good?' });
  await expectNoViolations(page);
  await purge.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'Nothing is in trash here' }).waitFor();
});

it('restores a tag from trash by who may push, whom images in trash are not shown', async () => {
  const image = randomImage();
  await site.registry(ada).push('team/tags', image, 'v1');
  await site.registry(ada).push('team/tags', image, 'v2');
  await site.registry(ada).push('team/tags', randomImage(), 'whole');
  const api = site.api(ada);
  const { body } = await api.get('/repositories/team%2Ftags/tags/whole');
  await api.delete(`/repositories/team%2Ftags/manifests/${body.digest}`).expect(204);
  await api.delete('/repositories/team%2Ftags/tags/v1').expect(200);
  const bob = await site.signedIn({ username: 'bob', password: 'a long password of bob' });
  const { page } = bob;
  expect(await bob.open('/r/team/tags/-/trash')).toBe(200);
  expect(await page.getByRole('heading', { name: 'Images' }).count()).toBe(0);
  expect(await page.getByText('whole').count()).toBe(0);
  await page.getByRole('button', { name: 'Restore v1' }).click();
  await page.getByRole('status').filter({ hasText: 'Restored v1.' }).waitFor();
  expect(await site.registry(ada).pullManifest('team/tags', 'v1')).toEqual(image.bytes);
  expect(await bob.open('/n/team/-/trash')).toBe(404);
  expect(bob.problems.all().filter((line) => !line.includes('/-/trash'))).toEqual([]);
});

it('deletes an organization and takes it back, by keyboard alone', async () => {
  const { page } = owner;
  await site.api(ada).post('/namespaces', { name: 'short' }).expect(201);
  await site.registry(ada).push('short/app', randomImage(), '1');
  await owner.open('/n/short/-/settings');
  const field = page.getByLabel(/to confirm the deletion/);
  const button = page.getByRole('button', { name: 'Delete the organization' });
  await eventually('the page listens to what is typed', async () => {
    await field.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('short');
    return button.isEnabled();
  });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/trash');
  await page.getByRole('status').filter({ hasText: 'Deleted short.' }).waitFor();
  await holdUndo(owner);
  await page.getByRole('row', { name: /short/ }).getByText('1 repository').waitFor();
  await page.getByRole('button', { name: 'Undo' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/n/short');
  await page.getByRole('link', { name: 'short/app' }).waitFor();
});

it('offers to undo to nobody who comes after', async () => {
  await site.registry(ada).push('ada/mine', randomImage(), 'secret');
  const visitor = await site.signedIn(ada);
  const { page } = visitor;
  await visitor.open('/r/ada/mine/-/tags/secret');
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the tag' }).click();
  await page.getByRole('status').filter({ hasText: 'Deleted secret.' }).waitFor();
  await holdUndo(visitor);
  await page.getByRole('status').filter({ hasText: 'Deleted secret.' }).waitFor();
  await page.getByRole('button', { name: 'Account of ada' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await page.getByText('Deleted secret.').waitFor({ state: 'detached' });
  await visitor.open('/');
  expect(await page.getByText('secret').count()).toBe(0);
});

it('fits 320 pixels, in the dark too', async () => {
  await site.api(ada).delete('/repositories/team%2Fapp').expect(204);
  const { body } = await site.api(ada).get('/repositories/team%2Ftags/tags/v2');
  await site.api(ada).delete(`/repositories/team%2Ftags/manifests/${body.digest}`).expect(204);
  const { page, problems, ...visitor } = await site.signedIn(ada, {
    colorScheme: 'dark',
    viewport: { width: 320, height: 640 },
  });
  for (const path of ['/trash', '/n/team/-/trash', '/r/team/tags/-/trash']) {
    await visitor.open(path);
    await page
      .getByRole('button', { name: /^Restore/ })
      .first()
      .waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await expectNoViolations(page);
  }
  expect(problems.all()).toEqual([]);
});

it('complained of nothing', () => {
  expect(owner.problems.all().filter((line) => !line.includes('/api/v1/events'))).toEqual([]);
});
