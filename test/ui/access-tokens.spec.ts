// needs: chromium dockerd docker busybox
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import { eventually } from '../support/eventually.js';
import { type Credentials } from '../support/registry-client.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';
import type { Visitor } from '../support/ui/visitor.js';
import { World } from '../support/world.js';

let site: Site;
let engine: DockerEngine;
let world: World;
let alice: Credentials;
let visitor: Visitor;

beforeAll(async () => {
  [site, engine] = await Promise.all([startSite(), startDocker()]);
  world = await World.open(site.berth.env.BERTH_DATABASE_URL!);
  alice = await site.user('alice');
  visitor = await site.signedIn(alice);
});
afterAll(async () => {
  await world?.close();
  await engine?.stop();
  await site?.stop();
});

const login = (password: string) =>
  engine.dockerAnyway(['login', '--username', 'alice', '--password-stdin', site.berth.host], {
    input: password,
  });
const row = (name: string) => visitor.page.getByRole('row').filter({ hasText: name });

/** Makes one through the form; answers its secret as the page shows it. */
async function make(name: string, may: string[] = [], days = '90 days'): Promise<string> {
  const { page } = visitor;
  await visitor.open('/settings/tokens?new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  for (const scope of may) await page.getByRole('checkbox', { name: scope }).check();
  await page.getByLabel('Ends in').selectOption(days);
  await page.getByRole('button', { name: 'Make the access token' }).click();
  const made = page.getByRole('status').filter({ hasText: `${name} is ready` });
  await made.waitFor();
  const secret = /berth_pat_\w+/.exec(await made.innerText())?.[0];
  if (!secret) throw new Error('the page shows no secret');
  return secret;
}

describe('an access token', () => {
  it('is not made without a name', async () => {
    const { page } = visitor;
    await visitor.open('/settings/tokens?new');
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Make the access token' }).click();
    expect(await page.locator('input[name=name]:invalid').count()).toBe(1);
    await page.getByLabel('Name', { exact: true }).fill('   ');
    await page.getByRole('button', { name: 'Make the access token' }).click();
    await page.getByRole('alert').filter({ hasText: 'Give the token a name' }).waitFor();
    expect((await site.api(alice).get('/access-tokens').expect(200)).body.items).toEqual([]);
  });

  it('shows its secret once, logs docker in, tells its last use, and is refused once it is revoked', async () => {
    const { page } = visitor;
    const secret = await make('laptop', ['push']);
    await expectNoViolations(page);
    const shown = await page.content();
    expect(shown).toContain('docker login');
    await page.reload();
    expect(await page.content()).not.toContain(secret);
    await row('laptop').getByText('never').waitFor();

    expect(await login(secret)).toMatchObject({ code: 0 });
    await eventually('the page tells the use', async () => {
      await page.reload();
      return (await row('laptop').innerText()).includes('127.0.0.1');
    });
    await expectNoViolations(page);

    await row('laptop').getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke laptop?' });
    await expectNoViolations(page);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await row('laptop').waitFor({ state: 'detached' });
    const { code, stderr } = await login(secret);
    expect(code).not.toBe(0);
    expect(stderr).toContain('This credential was revoked');
    expect(visitor.problems.all()).toEqual([]);
  });

  it('that may only pull pulls, pushes nothing, and once it has expired says so', async () => {
    const { page } = visitor;
    const image = `${site.berth.host}/alice/app:1`;
    await engine.buildBusybox(image);
    expect((await login(alice.password)).code).toBe(0);
    await engine.docker('push', image);

    const secret = await make('pull only', [], '7 days');
    expect((await login(secret)).code).toBe(0);
    const pushed = await engine.dockerAnyway(['push', image]);
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toMatch(/denied|unauthorized|insufficient_scope/);
    await engine.docker('pull', image);

    await world.sql(
      `UPDATE access_tokens SET expires_at = now() - interval '1 minute' WHERE name = 'pull only'`,
    );
    await visitor.open('/settings/tokens');
    await row('pull only').getByText('expired').first().waitFor();
    await expectNoViolations(page);
    const { code, stderr } = await login(secret);
    expect(code).not.toBe(0);
    expect(stderr).toContain('This access token has expired');
    const answer = await fetch(`${site.berth.url}/token?scope=repository:alice/app:pull`, {
      headers: { authorization: `Basic ${Buffer.from(`alice:${secret}`).toString('base64')}` },
    });
    expect(answer.status).toBe(401);
  });

  it('is rotated: for a while the secret of before counts as well', async () => {
    const { page } = visitor;
    const before = await make('rotated');
    await visitor.open('/settings/tokens');
    await row('rotated').getByRole('button', { name: 'Rotate rotated' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rotate rotated' });
    await expectNoViolations(page);
    await dialog.getByLabel('The secret of before works on').selectOption('for an hour');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByText('rotated is ready').waitFor();
    const after = /berth_pat_\w+/.exec(await dialog.innerText())![0];
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(after).not.toBe(before);
    for (const secret of [before, after]) expect((await login(secret)).code).toBe(0);
    await row('rotated').getByText('the one of before ends').waitFor();
    expect(visitor.problems.all()).toEqual([]);
  });
});
