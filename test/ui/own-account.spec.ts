// needs: chromium
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

describe("the pages of one's own account", () => {
  it('are well made, wide and narrow, light and dark', async () => {
    const { page, problems, ...ann } = await site.signedIn(await site.user('ann'));
    for (const path of ['profile', 'security', 'tokens', 'tokens?new', 'sessions']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await ann.open(`/settings/${path}`)).toBe(200);
        await expectNoViolations(page);
      }
      await page.setViewportSize({ width: 320, height: 700 });
      await ann.open(`/settings/${path}`);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(problems.all()).toEqual([]);
  });

  it('change the password: every other session ends, this one goes on', async () => {
    const ben = await site.user('ben');
    const [here, elsewhere] = [await site.signedIn(ben), await site.signedIn(ben)];
    await here.open('/settings/security');
    const fill = async (password: string, repeated: string) => {
      await here.page.getByLabel('Password now').fill(ben.password);
      await here.page.getByLabel('New password', { exact: true }).fill(password);
      await here.page.getByLabel('New password again').fill(repeated);
      await here.page.getByRole('button', { name: 'Change the password' }).click();
    };
    await fill('another long password', 'something else here');
    await here.page.getByRole('alert').filter({ hasText: 'not the same both times' }).waitFor();
    await fill('another long password', 'another long password');
    await here.page.getByText('Other sessions have ended').waitFor();
    await elsewhere.open('/settings/profile');
    expect(new URL(elsewhere.page.url()).pathname).toBe('/login');
    expect(await here.open('/settings/profile')).toBe(200);
    expect(new URL(here.page.url()).pathname).toBe('/settings/profile');
    await elsewhere.signIn({ ...ben, password: 'another long password' });
    expect(here.problems.all()).toEqual([]);
  });

  it('list the sessions, and end one or all others', async () => {
    const cleo = await site.user('cleo');
    const [here, second, third] = [
      await site.signedIn(cleo),
      await site.signedIn(cleo),
      await site.signedIn(cleo),
    ];
    const { page } = here;
    await here.open('/settings/sessions');
    await page.getByText('this one').waitFor();
    expect(await page.getByRole('button', { name: 'End the session' }).count()).toBe(2);
    await page.getByRole('button', { name: 'End the session' }).first().click();
    await page.getByRole('button', { name: 'End the session' }).nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'End all other sessions' }).click();
    await page.getByRole('button', { name: 'End the session' }).waitFor({ state: 'detached' });
    for (const other of [second, third]) {
      await other.open('/settings/profile');
      expect(new URL(other.page.url()).pathname).toBe('/login');
    }
    expect(here.problems.all()).toEqual([]);
  });
});

describe('the people and machines of a namespace', () => {
  it('are members, teams and robots, by its owners', async () => {
    const [dan] = [await site.user('dan'), await site.user('eva')];
    await site.api(dan).post('/namespaces', { name: 'crew' }).expect(201);
    const { page, problems, ...visitor } = await site.signedIn(dan);
    const row = (text: string) => page.getByRole('row').filter({ hasText: text });

    await visitor.open('/n/crew/-/members');
    await expectNoViolations(page);
    await page.getByLabel('User name').fill('eva');
    await page.getByRole('button', { name: 'Add member' }).click();
    await row('eva').waitFor();

    await visitor.open('/n/crew/-/robots?new');
    await expectNoViolations(page);
    await page.getByLabel('Name', { exact: true }).fill('ci');
    await page.getByLabel('Ends in').selectOption('never');
    await page.getByRole('button', { name: 'Make the robot' }).click();
    const made = page.getByRole('status').filter({ hasText: 'ci is ready' });
    await made.waitFor();
    expect(await made.innerText()).toContain('robot+crew+ci');
    const password = /berth_robot_\w+/.exec(await made.innerText())![0];
    const token = () =>
      fetch(`${site.berth.url}/token`, {
        headers: { authorization: `Basic ${Buffer.from(`robot+crew+ci:${password}`).toString('base64')}` },
      });
    expect((await token()).status).toBe(200);

    await visitor.open('/n/crew/-/robots');
    await row('robot+crew+ci').getByRole('button', { name: 'Stop' }).click();
    await row('robot+crew+ci').getByText('stopped').waitFor();
    expect((await token()).status).toBe(401);
    await row('robot+crew+ci').getByRole('button', { name: 'Let it go on' }).click();
    await row('robot+crew+ci').getByRole('button', { name: 'Stop' }).waitFor();
    expect((await token()).status).toBe(200);

    await row('robot+crew+ci').getByRole('link', { name: 'Change' }).click();
    await page.getByRole('heading', { name: 'Change ci' }).waitFor();
    await expectNoViolations(page);
    await page.getByRole('checkbox', { name: 'push' }).check();
    await page.getByLabel('Only these repositories').fill('crew/app');
    await page.getByLabel('Ends in').selectOption('30 days');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL((url) => !url.search.includes('change'));
    const { body } = await site.api(dan).get('/namespaces/crew/robots/ci').expect(200);
    expect(body).toMatchObject({
      scopes: ['repository:read', 'repository:write'],
      repositories: ['crew/app'],
      expiresAt: expect.stringMatching(/^\d{4}/),
    });
    expect(problems.all()).toEqual([]);
  });
});
