// needs: chromium dockerd docker busybox
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { eventually } from '../support/eventually.js';
import type { Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { cookieOfSession, fetchPage } from '../support/ui/fetched-page.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let engine: DockerEngine;
let alice: Credentials;
let bob: Credentials;
beforeAll(async () => {
  [site, engine] = await Promise.all([startSite(), startDocker()]);
});
afterAll(async () => {
  await engine?.stop();
  await site?.stop();
});

async function dockerOf({ username, password }: Credentials): Promise<DockerEngine> {
  const args = ['login', '--username', username, '--password-stdin', site.berth.host];
  const { code, stderr } = await engine.as(username).dockerAnyway(args, { input: password });
  if (code !== 0) throw new Error(`docker login: ${stderr}`);
  return engine.as(username);
}

it('leads the admin from an empty home to the first image, which appears by itself', async () => {
  const { page, context, problems } = await site.signedIn(site.berth.admin);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
  await page.getByRole('heading', { name: 'No images yet. Push the first one:' }).waitFor();
  await expectNoViolations(page);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'docker push' })
    .getByRole('button', { name: /Copy/ })
    .click();
  await page.getByRole('status').filter({ hasText: 'on the clipboard' }).waitFor();
  const command = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(command).toBe(`docker push ${site.berth.host}/admin/my-app:1.0`);

  await page.evaluate('window.wasNotReloaded = true');
  const [, ...args] = command.split(' ');
  await engine.buildBusybox(args.at(-1)!);
  await (await dockerOf(site.berth.admin)).docker(...args);
  await page.getByRole('link', { name: 'admin/my-app' }).waitFor();
  expect(await page.evaluate<boolean>('window.wasNotReloaded')).toBe(true);
  await expectNoViolations(page);
  expect(problems.all()).toEqual([]);
});

it('keeps a private push from everybody else: pages, API, search, suggestions and counts', async () => {
  alice = await site.user('alice');
  bob = await site.user('bob');
  const before = await seenBy([bob, undefined]);
  const image = `${site.berth.host}/alice/busy-secret:1.0`;
  await engine.buildBusybox(image);
  await (await dockerOf(alice)).docker('push', image);
  expect(await seenBy([bob, undefined])).toEqual(before);

  for (const person of [bob, undefined]) {
    const cookie = person && (await cookieOfSession(site.origin, person));
    const page = await fetchPage(site.origin, '/r/alice/busy-secret', { cookie, hide: 'busy-secret' });
    const absent = await fetchPage(site.origin, '/r/alice/busy-absent', { cookie, hide: 'busy-absent' });
    expect(page.status).toBe(404);
    expect(page).toEqual(absent);
    const answer = await site.api(person).get('/repositories/alice%2Fbusy-secret');
    const none = await site.api(person).get('/repositories/alice%2Fbusy-absent');
    expect(answer.status).toBe(404);
    expect(answer.text).toBe(none.text);
    const { code } = await engine.as(person?.username ?? 'nobody').dockerAnyway(['pull', image]);
    expect(code).not.toBe(0);
  }
});

it('publishes after the name was typed, and takes it back', async () => {
  const image = `${site.berth.host}/alice/busy-secret:1.0`;
  const { page, problems, ...owner } = await site.signedIn(alice);
  await owner.open('/r/alice/busy-secret/-/settings');
  const publish = page.getByRole('button', { name: 'Make it public' });
  const name = page.getByRole('textbox', { name: /to confirm that it may be seen/ });
  expect(await publish.isDisabled()).toBe(true);
  await name.fill('alice/busy');
  expect(await publish.isDisabled()).toBe(true);
  await name.fill('alice/busy-secret');
  await publish.click();
  await page.getByRole('button', { name: 'Make it private' }).waitFor();
  await expectNoViolations(page);

  await engine.docker('rmi', image);
  await engine.as('nobody').docker('pull', image);
  const visitor = await site.visitor();
  await visitor.open('/explore?q=busy-secret');
  await visitor.page.getByRole('link', { name: 'alice/busy-secret' }).waitFor();
  const audit = '/admin/audit?action=repository.change&object=repository:alice/busy-secret';
  const { body } = await site.api(site.berth.admin).get(audit).expect(200);
  expect(body.items).toHaveLength(1);
  expect(body.items[0]).toMatchObject({ details: { visibility: 'public' }, result: 'done' });

  await page.getByRole('button', { name: 'Make it private' }).click();
  await publish.waitFor();
  expect(await visitor.open('/r/alice/busy-secret')).toBe(404);
  await eventually('nobody can pull it any more', async () => {
    const { code } = await engine.as('nobody').dockerAnyway(['pull', image]);
    return code !== 0;
  });
  expect(problems.all()).toEqual([]);
});

/** What people who may not read it can learn of it: searches with their counts, suggestions, lists. */
async function seenBy(people: (Credentials | undefined)[]): Promise<unknown[]> {
  const paths = ['/search?q=busy', '/search?q=', '/search/suggestions?q=busy', '/repositories'];
  const answers: unknown[] = [];
  for (const person of people) {
    for (const path of paths) answers.push((await site.api(person).get(path).expect(200)).body);
    const cookie = person && (await cookieOfSession(site.origin, person));
    answers.push((await fetchPage(site.origin, '/explore?q=busy', { cookie })).body);
  }
  return answers;
}
