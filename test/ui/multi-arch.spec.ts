// needs: chromium dockerd docker busybox
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { eventually } from '../support/eventually.js';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let ada: Credentials;
let engine: DockerEngine;
beforeAll(async () => {
  [site, engine] = await Promise.all([startSite(), startDocker()]);
  ada = await site.user('ada');
});
afterAll(async () => {
  await engine?.stop();
  await site?.stop();
});

/** Journey 6. */
it('a push for two platforms shows both; the switch changes digest, layers and the command, which pulls', async () => {
  const { host } = site.berth;
  const docker = engine.as('ada');
  const login = ['login', '--username', ada.username, '--password-stdin', host];
  expect((await docker.dockerAnyway(login, { input: ada.password })).code).toBe(0);
  const parts = ['amd64', 'arm64'].map((architecture) => ({
    architecture,
    name: `${host}/ada/app:${architecture}`,
  }));
  for (const { architecture, name } of parts) {
    await engine.buildBusybox(name, architecture);
    await docker.docker('push', name);
  }
  const names = parts.map(({ name }) => name);
  await docker.docker('manifest', 'create', '--insecure', `${host}/ada/app:1.0`, ...names);
  await docker.docker('manifest', 'push', '--insecure', `${host}/ada/app:1.0`);
  await docker.docker('image', 'rm', '--force', ...names);

  const { page, problems, ...visitor } = await site.signedIn(ada, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await visitor.open('/r/ada/app/-/tags');
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: '1.0', exact: true }) });
  for (const platform of ['amd64', 'arm64']) await row.getByText(platform, { exact: true }).waitFor();

  await row.getByRole('link', { name: '1.0', exact: true }).click();
  await page.waitForURL('**/-/tags/1.0');
  const seen = async () => ({
    digest: await page.locator('code[title^="sha256:"]').first().getAttribute('title'),
    layers: await page
      .getByRole('main')
      .getByText(/sha256:/)
      .allInnerTexts(),
    command: await page.locator('code').filter({ hasText: 'docker pull' }).first().innerText(),
  });
  await choose('linux/amd64');
  const amd64 = await seen();
  await choose('linux/arm64');
  const arm64 = await seen();
  expect(arm64.digest).not.toBe(amd64.digest);
  expect(arm64.layers).not.toEqual(amd64.layers);
  expect(arm64.command).not.toBe(amd64.command);
  await expectNoViolations(page);

  await page.getByRole('button', { name: 'Copy command' }).first().click();
  await page.getByRole('status').filter({ hasText: 'on the clipboard' }).waitFor();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toBe(`docker pull --platform linux/arm64 ${host}/ada/app:1.0`);
  const [program, ...args] = copied.split(' ');
  expect(program).toBe('docker');
  await docker.docker(...args);
  const format = ['--format', '{{.Architecture}}', `${host}/ada/app:1.0`];
  expect((await docker.docker('image', 'inspect', ...format)).trim()).toBe('arm64');

  const today = page.getByRole('table', { name: 'Pulls a day over 30 days' }).getByRole('row').last();
  await eventually('the page of the tag counts the pull', async () => {
    await visitor.open('/r/ada/app/-/tags/1.0');
    return (await today.getByRole('cell').last().textContent()) === '1';
  });
  expect(await page.getByText('1 in all').count()).toBe(1);
  expect(problems.all()).toEqual([]);

  async function choose(platform: string): Promise<void> {
    await page.getByRole('link', { name: platform }).first().click();
    await page.waitForURL(`**platform=${encodeURIComponent(platform)}**`);
  }
});
