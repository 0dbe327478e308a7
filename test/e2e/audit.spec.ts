import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRetention } from '../../apps/registry-api/src/audit/audit-retention.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { signIn } from '../support/browser.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

interface Entry {
  id: string;
  actor: string;
  action: string;
  object: string;
  result: string;
  details: Record<string, unknown>;
}

describe('the audit log', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_AUDIT_DAYS: '30' } });
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const entries = async (query: string): Promise<Entry[]> =>
    (await admin.get(`/admin/audit?${query}`).expect(200)).body.items;

  it('has every change: who, with what, from where, what, and how it ended', async () => {
    await admin.post('/users', { username: 'bob', password: 'correct horse battery' }).expect(201);
    expect(await entries('object=user:bob')).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        actor: 'admin',
        credential: 'access token test',
        address: '127.0.0.1',
        action: 'user.create',
        object: 'user:bob',
        result: 'done',
        details: { isInvited: false },
      },
    ]);
  });

  it('has what was refused to somebody, with the reason', async () => {
    const alice = apiOf(app, await world.user('alice'));
    await alice.post('/users', { username: 'mallory', password: 'correct horse battery' }).expect(403);
    await alice.patch('/admin/users/alice', { isAdmin: true }).expect(404);
    expect(await entries('actor=alice&action=user.*')).toEqual([
      expect.objectContaining({
        action: 'user.change',
        object: 'user:alice',
        result: 'refused',
        details: { status: 404, reason: 'There is nothing here.' },
      }),
      expect.objectContaining({ action: 'user.create', object: 'user:mallory', result: 'refused' }),
    ]);
  });

  it('has what becomes of repositories, also by a push', async () => {
    const owner = await world.user('owner');
    const api = apiOf(app, owner);
    const client = new RegistryClient({ url: app.url, credentials: owner });
    await client.pushBlob('owner/pushed', randomBlob());
    await api.post('/repositories', { name: 'owner/made', visibility: 'public' }).expect(201);
    const change = { visibility: 'private', readme: 'a secret plan' };
    await api.patch('/repositories/owner%2Fmade', change).expect(200);
    await api.delete('/repositories/owner%2Fmade').expect(204);
    await api.delete('/repositories/owner%2Fmade').expect(404);
    const found = await entries('actor=owner&action=repository.*');
    expect(found.map(({ action, object, result, details }) => ({ action, object, result, details }))).toEqual(
      [
        {
          action: 'repository.delete',
          object: 'repository:owner/made',
          result: 'refused',
          details: expect.objectContaining({ status: 404 }),
        },
        { action: 'repository.delete', object: 'repository:owner/made', result: 'done', details: {} },
        {
          action: 'repository.change',
          object: 'repository:owner/made',
          result: 'done',
          details: { visibility: 'private', isReadmeChanged: true },
        },
        {
          action: 'repository.create',
          object: 'repository:owner/made',
          result: 'done',
          details: { visibility: 'public' },
        },
        {
          action: 'repository.create',
          object: 'repository:owner/pushed',
          result: 'done',
          details: { visibility: 'private' },
        },
      ],
    );
  });

  it('is not filled by anybody without a name', async () => {
    const count = async () => (await entries('limit=100')).length;
    const before = await count();
    await apiOf(app).post('/users', { username: 'x', password: 'correct horse battery' }).expect(401);
    await apiOf(app).patch('/admin/users/alice', { isAdmin: true }).expect(404);
    await apiOf(app).post('/password-resets/nonsense', { password: 'correct horse battery' }).expect(404);
    expect(await count()).toBe(before);
  });

  it('has every sign-in, refused ones too', async () => {
    const carol = await world.user('carol');
    await signIn(app, carol);
    const wrong = { ...carol, password: 'wrong' };
    await expect(signIn(app, wrong)).rejects.toThrow('401');
    await apiOf(app, wrong).get('/me').expect(401);
    expect(await entries('actor=carol')).toEqual([
      expect.objectContaining({ action: 'password.use', object: 'user:carol', result: 'refused' }),
      expect.objectContaining({ action: 'session.create', object: 'user:carol', result: 'refused' }),
      expect.objectContaining({ action: 'session.create', result: 'done', credential: 'password' }),
    ]);
  });

  it('has the use of a password by programs, once a minute', async () => {
    const dave = apiOf(app, await world.user('dave'));
    for (let request = 0; request < 3; request++) await dave.get('/me').expect(200);
    expect(await entries('actor=dave')).toEqual([
      expect.objectContaining({ action: 'password.use', object: 'user:dave', result: 'done' }),
    ]);
  });

  it('has who came with an access token that counts no more, once a minute', async () => {
    await world.user('fay');
    const expired = await world.accessToken('fay', { expiresAt: new Date(Date.now() - 1000) });
    const revoked = await world.accessToken('fay');
    await world.revokeAccessToken(revoked);
    for (const given of [expired, revoked, expired, revoked])
      await supertest(app.url).get('/token').auth(given.username, given.password).expect(401);
    await apiOf(app, expired).get('/me').expect(401);
    const refused = await entries('actor=fay');
    expect(refused.map(({ action, object, details }) => ({ action, object, details }))).toEqual([
      { action: 'credential.use', object: 'user:fay', details: { reason: 'revoked' } },
      { action: 'credential.use', object: 'user:fay', details: { reason: 'expired' } },
    ]);
  });

  it('says which limit the last guess has reached', async () => {
    const erin = await world.user('erin');
    for (let guess = 0; guess < 11; guess++)
      await expect(signIn(app, { ...erin, password: 'wrong' })).rejects.toThrow(/401|429/);
    const refused = await entries('actor=erin&result=refused&limit=100');
    expect(refused).toHaveLength(10);
    expect(refused[0]?.details).toEqual({ reason: 'wrong', limitsReached: ['pair'] });
    expect(refused[1]?.details).toEqual({ reason: 'wrong' });
  });

  it('does not name what may be a password typed into the wrong field', async () => {
    await expect(signIn(app, { username: 'My Secret Passw0rd!', password: 'wrong' })).rejects.toThrow('401');
    const [newest] = await entries('limit=1');
    expect(newest).toMatchObject({ actor: 'unknown', object: 'user:unknown', result: 'refused' });
  });

  it('has a change or neither: both are one transaction', async () => {
    const failing = `CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF new.action = 'user.create' THEN RAISE 'no more'; END IF; RETURN new; END $$`;
    await world.sql(failing);
    await world.sql(
      `CREATE TRIGGER refuse BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit()`,
    );
    try {
      await admin.post('/users', { username: 'unlogged', password: 'correct horse battery' }).expect(500);
      expect(await world.sql(`SELECT id FROM users WHERE username = 'unlogged'`)).toEqual([]);
      expect(await world.sql(`SELECT id FROM namespaces WHERE name = 'unlogged'`)).toEqual([]);
    } finally {
      await world.sql('DROP TRIGGER refuse ON audit_log');
    }
  });

  it('is for admins only', async () => {
    await apiOf(app).get('/admin/audit').expect(404);
    const mallory = await world.user('mallory');
    await apiOf(app, mallory).get('/admin/audit').expect(404);
    await apiOf(app, mallory).get('/admin/audit?format=csv').expect(404);
    const narrow = await world.accessToken('admin', { scopes: ['repository:read'] });
    await apiOf(app, narrow).get('/admin/audit').expect(404);
  });

  describe('is searched', () => {
    beforeAll(async () => {
      await world.sql(
        `INSERT INTO audit_log (at, actor, credential, action, object, result)
         SELECT timestamptz '2020-01-01' + n * interval '1 day', CASE n % 2 WHEN 0 THEN 'even' ELSE 'odd' END, 'session',
           'found.' || n % 3, 'thing:100%_' || n, CASE n % 5 WHEN 0 THEN 'refused' ELSE 'done' END
         FROM generate_series(1, 30) n`,
      );
    });

    it.each([
      { by: 'actor', query: 'actor=even', count: 15 },
      { by: 'action', query: 'action=found.1', count: 10 },
      { by: 'the beginning of an action', query: 'action=found.*', count: 30 },
      { by: 'object', query: `object=${encodeURIComponent('thing:100%_7')}`, count: 1 },
      {
        by: 'the beginning of an object, in which nothing is a pattern',
        query: 'object=thing:100__*',
        count: 0,
      },
      { by: 'result', query: 'action=found.*&result=refused', count: 6 },
      {
        by: 'time, the end left out',
        query: 'action=found.*&from=2020-01-05T00:00:00Z&to=2020-01-11T00:00:00%2B00:00',
        count: 6,
      },
      { by: 'several', query: 'actor=odd&action=found.0&result=done', count: 4 },
    ])('by $by', async ({ query, count }) => {
      expect(await entries(`${query}&limit=100`)).toHaveLength(count);
    });

    it('in pages, the newest first', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await admin.get(`/admin/audit?action=found.*&limit=7${cursor}`).expect(200);
        seen.push(...body.items.map(({ object }: Entry) => object));
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      } while (cursor !== '');
      expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => `thing:100%_${30 - n}`));
    });

    it.each([
      'from=yesterday',
      'result=maybe',
      'limit=0',
      'cursor=zzz',
      'sort=at',
      'format=xml',
      'actor=%00',
    ])('but not by %s', async (query) => {
      await admin.get(`/admin/audit?${query}`).expect(400);
    });
  });

  describe('is exported', () => {
    beforeAll(async () => {
      await world.sql(
        `INSERT INTO audit_log (at, actor, credential, action, object, result, details)
         SELECT now(), 'exporter', 'session', 'export.line', 'n:' || n, 'done', '{"list": ["a", "b"]}'
         FROM generate_series(1, 2500) n`,
      );
    });

    it('as JSON lines, whole', async () => {
      const response = await admin.get('/admin/audit?actor=exporter&format=jsonl').expect(200);
      expect(response.headers['content-type']).toBe('application/jsonl; charset=utf-8');
      expect(response.headers['content-disposition']).toBe('attachment; filename="berth-audit.jsonl"');
      expect(response.headers['cache-control']).toBe('private, no-store');
      const body = response.text ?? String(response.body);
      const lines = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Entry);
      expect(lines.map(({ object }) => object)).toEqual(
        Array.from({ length: 2500 }, (_, n) => `n:${2500 - n}`),
      );
      expect(lines[0]?.details).toEqual({ list: ['a', 'b'] });
    });

    it('as CSV, in which no name becomes a formula', async () => {
      await world.sql(
        `INSERT INTO audit_log (actor, credential, action, object, result)
         VALUES ('=HYPERLINK("http://evil")', 'session', 'formula.try', '@SUM(1)', 'done')`,
      );
      const response = await admin.get('/admin/audit?action=formula.*&format=csv').expect(200);
      expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
      const [head, line] = response.text.split('\r\n');
      expect(head).toBe('id,at,actor,credential,address,action,object,result,details');
      expect(line).toContain(`,"'=HYPERLINK(""http://evil"")",session,,formula.try,'@SUM(1),done,{}`);
    });
  });

  it('is kept for the days that were set', async () => {
    await world.sql(
      `INSERT INTO audit_log (at, actor, credential, action, object, result)
       SELECT now() - n * interval '1 day', 'old', 'session', 'age.days', n::text, 'done' FROM unnest(ARRAY[29, 31]) n`,
    );
    expect(await app.nest.get(AuditRetention, { strict: false }).sweep()).toBeGreaterThan(0);
    expect((await entries('actor=old')).map(({ object }) => object)).toEqual(['29']);
  });
});
