// needs: chromium
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomImage } from '../support/images.js';
import { startProvider, type TestProvider } from '../support/oidc-provider.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let provider: TestProvider;

beforeAll(async () => {
  provider = await startProvider();
  site = await startSite({
    env: {
      BERTH_OIDC_PROVIDERS: 'corp',
      ...provider.env('corp'),
      BERTH_OIDC_CORP_LABEL: 'Corporation',
    },
  });
  provider.register([`${site.origin}/api/v1/oidc/corp/callback`]);
  const admin = site.api(site.berth.admin);
  await admin.post('/namespaces', { name: 'acme' }).expect(201);
  const registry = site.registry(site.berth.admin);
  for (const name of ['acme/team-app', 'acme/other-app']) await registry.push(name, randomImage(), 'latest');
  await admin.post('/namespaces/acme/teams', { name: 'developers' }).expect(201);
  await admin.put('/namespaces/acme/teams/developers/groups', { provider: 'corp', group: 'dev' }).expect(200);
  await admin.put('/repositories/acme%2Fteam-app/grants/teams/developers', { role: 'reader' }).expect(200);
});
afterAll(async () => {
  await site?.stop();
  await provider?.close();
});

const olga = { sub: '1', preferred_username: 'olga', groups: ['dev'] };
/** The provider is another server, and the only one that is asked. */
const others = (problems: string[]) => problems.filter((problem) => !problem.includes(provider.issuer));

describe('a person of a provider', () => {
  it('signs in, lands where it was going, and gets the repositories of its team and no other', async () => {
    provider.person = olga;
    const { page, problems, ...visitor } = await site.visitor();
    await visitor.open('/r/acme/team-app');
    await visitor.open('/settings/tokens');
    await expectNoViolations(page);
    await page.getByRole('link', { name: 'Sign in with Corporation' }).click();
    await page.waitForURL('**/settings/tokens');
    await page.getByRole('button', { name: 'Account of olga' }).waitFor();
    expect(await visitor.open('/r/acme/team-app')).toBe(200);
    expect(await visitor.open('/r/acme/other-app')).toBe(404);
    await visitor.open('/');
    await page
      .getByRole('link', { name: /acme\/team-app/ })
      .first()
      .waitFor();
    expect(await page.content()).not.toContain('acme/other-app');
    expect(others(problems.all())).toEqual([]);
  });

  it('makes an access token there with which a client pulls what the team may', async () => {
    provider.person = olga;
    const { page, ...visitor } = await site.visitor();
    await visitor.open('/login?next=%2Fsettings%2Ftokens%3Fnew');
    await page.getByRole('link', { name: 'Sign in with Corporation' }).click();
    await page.getByLabel('Name', { exact: true }).fill('laptop');
    await page.getByRole('button', { name: 'Make the access token' }).click();
    const made = page.getByRole('status').filter({ hasText: 'laptop is ready' });
    await made.waitFor();
    const password = /berth_pat_\w+/.exec(await made.innerText())![0];
    const registry = site.registry({ username: 'olga', password });
    await registry.pullManifest('acme/team-app', 'latest');
    await expect(registry.pullManifest('acme/other-app', 'latest')).rejects.toThrow('401');
  });

  it('loses them with the group at its next sign-in', async () => {
    provider.person = { ...olga, groups: [] };
    const { page, ...visitor } = await site.visitor();
    await visitor.open('/login');
    await page.getByRole('link', { name: 'Sign in with Corporation' }).click();
    await page.getByRole('button', { name: 'Account of olga' }).waitFor();
    expect(await visitor.open('/r/acme/team-app')).toBe(404);
  });

  it('who turns back reads why, and is not signed in', async () => {
    provider.person = undefined;
    const { page, problems, ...visitor } = await site.visitor();
    await visitor.open('/login');
    await page.getByRole('link', { name: 'Sign in with Corporation' }).click();
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('error')).toBe('oidc_denied');
    await expectNoViolations(page);
    expect(others(problems.all())).toEqual([]);
  });

  it('is linked by the owner of an account alone, on the page of its password', async () => {
    provider.person = { sub: '2', preferred_username: 'carla' };
    const carla = await site.user('carla');
    const { page, ...visitor } = await site.signedIn(carla);
    await visitor.open('/settings/security');
    await page.getByRole('button', { name: 'Link Corporation' }).click();
    await page.getByRole('button', { name: 'Unlink Corporation' }).waitFor();
    await expectNoViolations(page);
    const again = await site.visitor();
    await again.open('/login');
    await again.page.getByRole('link', { name: 'Sign in with Corporation' }).click();
    await again.page.getByRole('button', { name: 'Account of carla' }).waitFor();
    await page.getByRole('button', { name: 'Unlink Corporation' }).click();
    await page.getByRole('button', { name: 'Link Corporation' }).waitFor();
  });
});
