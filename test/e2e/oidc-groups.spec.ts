import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { type Browser, signIn } from '../support/browser.js';
import type { Person } from '../support/oidc-provider.js';
import { ProviderSignIn } from '../support/provider-sign-in.js';

const gerda = (groups?: string[]): Person => ({ sub: 'g', preferred_username: 'gerda', groups });
const developers = '/namespaces/acme/teams/developers';
const testers = '/namespaces/acme/teams/testers';

describe('groups of a provider', () => {
  let berth: ProviderSignIn;
  let owner: Browser;
  let reader: Browser;

  beforeAll(async () => {
    berth = await ProviderSignIn.start();
    const { app, world } = berth;
    [owner, reader] = [
      await signIn(app, await world.user('olaf')),
      await signIn(app, await world.user('rosa')),
    ];
    await world.organization('acme', { olaf: 'owner', rosa: 'reader' });
    await world.repository('acme/secret');
    await world.repository('acme/other');
    for (const name of ['developers', 'testers']) {
      await owner.post('/namespaces/acme/teams', { name }).expect(201);
    }
    await owner.put('/repositories/acme%2Fsecret/grants/teams/developers', { role: 'writer' }).expect(200);
    await owner.put(`${developers}/groups`, { provider: 'corp', group: 'dev' }).expect(200);
  });
  afterAll(() => berth.close());

  const teamsOf = async (username: string): Promise<string[]> => {
    const rows = await berth.world.sql<{ name: string }>(
      `SELECT t.name FROM team_members m JOIN teams t ON t.id = m.team_id JOIN users u ON u.id = m.user_id
       WHERE u.username = $1 ORDER BY t.name`,
      [username],
    );
    return rows.map(({ name }) => name);
  };

  it('are given to teams by owners alone, of providers that there are', async () => {
    await reader.put(`${testers}/groups`, { provider: 'corp', group: 'qa' }).expect(403);
    await reader.delete(`${developers}/groups?provider=corp&group=dev`).expect(403);
    await apiOf(berth.app, await berth.world.user('stranger'))
      .get(`${developers}/groups`)
      .expect(404);
    await owner.put(`${developers}/groups`, { provider: 'nobody', group: 'dev' }).expect(404);
    await owner.put('/namespaces/acme/teams/none/groups', { provider: 'corp', group: 'dev' }).expect(404);
    await owner.put(`${developers}/groups`, { provider: 'corp', group: '' }).expect(400);
    await owner.delete(`${developers}/groups?provider=corp&group=none`).expect(404);
    const { body } = await reader.get(`${developers}/groups`).expect(200);
    expect(body.items).toEqual([{ provider: 'corp', group: 'dev', createdAt: expect.any(String) }]);
  });

  it('give what the team is granted, and nothing else of its namespace', async () => {
    const { browser } = await berth.comeFrom(gerda(['dev', 'unheard-of']));
    expect(await teamsOf('gerda')).toEqual(['developers']);
    await browser.get('/repositories/acme%2Fsecret').expect(200);
    await browser.get('/repositories/acme%2Fother').expect(404);
    const { body } = await browser.get('/repositories').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['acme/secret']);
  });

  it.each([{ groups: [] }, { groups: undefined }])(
    'that it names no more ($groups) are gone at the next sign-in',
    async ({ groups }) => {
      const { browser } = await berth.comeFrom(gerda(['dev']));
      await browser.get('/repositories/acme%2Fsecret').expect(200);
      await berth.comeFrom(gerda(groups));
      expect(await teamsOf('gerda')).toEqual([]);
      await browser.get('/repositories/acme%2Fsecret').expect(404);
    },
  );

  it('leave memberships made by hand as they are', async () => {
    await owner.put('/namespaces/acme/members/gerda', { role: 'reader' }).expect(200);
    await owner.put(`${testers}/members/gerda`).expect(200);
    await berth.comeFrom(gerda(['dev']));
    expect(await teamsOf('gerda')).toEqual(['developers', 'testers']);
    await owner.put(`${developers}/members/gerda`).expect(200);
    await berth.comeFrom(gerda([]));
    expect(await teamsOf('gerda')).toEqual(['developers', 'testers']);
    await owner.delete('/namespaces/acme/members/gerda').expect(204);
    expect(await teamsOf('gerda')).toEqual([]);
  });

  it('count at once where a team takes or drops one, for who has signed in before', async () => {
    await berth.comeFrom(gerda(['qa']));
    await owner.put(`${testers}/groups`, { provider: 'corp', group: 'qa' }).expect(200);
    expect(await teamsOf('gerda')).toEqual(['testers']);
    await owner.delete(`${testers}/groups?provider=corp&group=qa`).expect(204);
    expect(await teamsOf('gerda')).toEqual([]);
  });

  it('of another provider are others', async () => {
    const paula = { sub: 'p', preferred_username: 'paula', groups: ['dev'] };
    await berth.comeFrom(paula, { provider: 'partner' });
    expect(await teamsOf('paula')).toEqual([]);
  });

  it('come and go with the identity, and leave their traces in the audit log', async () => {
    const henry = await signIn(berth.app, await berth.world.user('henry'));
    await berth.link(henry, { sub: 'h', groups: ['dev'] });
    expect(await teamsOf('henry')).toEqual(['developers']);
    await henry.delete('/me/identities/corp').expect(204);
    expect(await teamsOf('henry')).toEqual([]);
    const entries = await berth.world.sql(
      `SELECT action, actor FROM audit_log
       WHERE object = 'team:acme/developers' AND details->>'member' = 'henry' ORDER BY id`,
    );
    expect(entries).toEqual([
      { action: 'team-member.add', actor: 'henry' },
      { action: 'team-member.remove', actor: 'henry' },
    ]);
  });
});
