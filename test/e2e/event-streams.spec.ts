import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EventFeed } from '../../apps/registry-api/src/events/event-feed.js';
import { EventRetention } from '../../apps/registry-api/src/events/event-retention.js';
import { limits } from '../../apps/registry-api/src/limits.js';
import { apiOf } from '../support/api.js';
import { startApp } from '../support/app.js';
import { signIn } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { indexOf, randomBlob, randomImage } from '../support/images.js';
import { World } from '../support/world.js';
import { app, client, follow, open, other, people, setUp, world } from './live-events-api.js';

setUp();

describe('a stream that was interrupted', () => {
  it.each(['Last-Event-ID', 'after'])('goes on where it was, by %s', async (how) => {
    const first = await follow({ repository: 'team/private', as: people.member });
    await client.push('team/private', randomImage(), 'one');
    await first.until('it is seen', () => first.pushed().length === 1);
    await first.close();
    const id = first.events.find(({ kind }) => kind === 'pushed')!.id!;
    await client.push('team/private', randomImage(), 'two');
    await client.push('team/public', randomImage(), 'elsewhere');
    const again = how === 'after' ? { after: id } : { headers: { 'Last-Event-ID': id } };
    const second = await follow({ repository: 'team/private', as: people.member, ...again }, app);
    expect(second.pushed()).toEqual(['team/private:two']);
    const own = await follow({ as: people.member, ...again });
    expect(own.pushed()).toEqual(['team/private:two', 'team/public:elsewhere']);
    const stranger = await follow({ as: people.stranger, ...again });
    expect(stranger.pushed()).toEqual([]);
  });

  it('says from its beginning where it is', async () => {
    const first = await follow({ as: people.member });
    const id = first.events.find(({ kind }) => kind === 'ready')!.id!;
    await client.push('team/private', randomImage(), 'missed');
    expect((await follow({ as: people.member, after: id })).pushed()).toEqual(['team/private:missed']);
  });

  it('is told what is wrong with its place, and a browser begins anew', async () => {
    const { body } = await apiOf(app, people.member).get('/events?after=yesterday').expect(400);
    expect(JSON.stringify(body)).toContain('after: is the id of an event');
    expect((await follow({ as: people.member, headers: { 'Last-Event-ID': 'x' } })).status).toBe(200);
  });

  it('is told the newest hundred of more', async () => {
    const id = await world.repository('team/busy');
    await world.sql(
      `INSERT INTO events (kind, repository_id, repository_name, details, at)
       SELECT 'push', $1, 'team/busy', jsonb_build_object('tag', 't' || n, 'digest', 'sha256:x'), now() + n * interval '1 ms'
       FROM generate_series(1, 150) n`,
      [id],
    );
    const pushed = (await follow({ repository: 'team/busy', as: people.member, after: '1' })).pushed();
    expect(pushed).toHaveLength(limits.missedEvents);
    expect([pushed[0], pushed.at(-1)]).toEqual(['team/busy:t51', 'team/busy:t150']);
    await world.sql('DELETE FROM events WHERE repository_id = $1', [id]);
  });
});

describe('the events', () => {
  it('are missed by nobody when Postgres ends the connections that tell of them', async () => {
    const stream = await follow({ repository: 'team/public' });
    await world.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'berth live' AND datname = current_database()`,
    );
    await client.push('team/public', randomImage(), 'during');
    await stream.until('it is seen', () => stream.pushed().length === 1);
  });

  it('of a transaction that ended later than a newer one are told too, once', async () => {
    const stream = await follow({ repository: 'team/public' });
    const [{ id } = { id: '' }] = await world.sql<{ id: string }>(
      `SELECT id FROM repositories WHERE name = 'team/public'`,
    );
    const slow = await World.open(app.databaseUrl);
    await slow.sql('BEGIN');
    await slow.sql(
      `INSERT INTO events (kind, repository_id, repository_name, details)
       VALUES ('push', $1, 'team/public', '{"tag":"slow","digest":"sha256:x"}')`,
      [id],
    );
    await client.push('team/public', randomImage(), 'quick');
    await stream.until('the quick one is seen', () => stream.pushed().length === 1);
    await slow.sql('COMMIT');
    await slow.close();
    await client.push('team/public', randomImage(), 'next');
    await stream.until('all are seen', () => stream.pushed().length === 3);
    expect(stream.pushed()).toEqual(['quick', 'slow', 'next'].map((tag) => `team/public:${tag}`));
  });

  it('are kept for a week', async () => {
    await world.sql(
      `UPDATE events SET at = now() - interval '8 days' WHERE id = (SELECT min(id) FROM events)`,
    );
    expect(await app.nest.get(EventRetention).sweep()).toBe(1);
  });
});

describe('streams', () => {
  it('are limited for each account and address, not for all of them', async () => {
    for (let count = 0; count < limits.streamsPerClient; count += 1) await follow({ as: people.stranger });
    const { body, headers } = await apiOf(other, people.stranger).get('/events').expect(429);
    expect(body.detail).toBe('At most 20 streams of events may be open at once: close one.');
    expect(headers['retry-after']).toBe('30');
    expect((await follow({ as: people.member })).status).toBe(200);
    await open[0]!.close();
    await eventually(
      'another may be opened',
      async () => (await follow({ as: people.stranger })).status === 200,
    );
  });

  it('of many clients ask the database together', async () => {
    for (let count = 0; count < 15; count += 1) await follow({ as: people.member });
    for (let count = 0; count < 15; count += 1) await follow({ repository: 'team/public' });
    const statements = await app.countSql(async () => {
      await client.putManifest('team/public', randomImageWithoutBlobs(), 'counted');
      for (const stream of open) await stream.until('it is seen', () => stream.pushed().length === 1);
    });
    expect(
      statements.filter((statement) => statement.includes('FROM access a ORDER BY')).length,
    ).toBeLessThan(10);
  });

  it('say something every now and then, and end then too when access has gone', async () => {
    const browser = await signIn(app, people.member);
    const own = await follow({ headers: { cookie: browser.cookie } });
    const one = await follow({ headers: { cookie: browser.cookie }, repository: 'team/private' });
    const anonymous = await follow({ repository: 'team/public' });
    await other.nest.get(EventFeed).beat();
    for (const stream of [own, one, anonymous])
      await eventually('something is said', () => stream.beats === 1 && !stream.hasEnded);
    await browser.delete('/sessions/current').expect(204);
    await other.nest.get(EventFeed).beat();
    for (const stream of [own, one]) await eventually('it has ended', () => stream.hasEnded);
    await eventually('the other goes on', () => anonymous.beats === 2 && !anonymous.hasEnded);
  });

  it('end at once when the process stops, with connections on which nothing was ever asked', async () => {
    const third = await startApp({ replicaOf: app });
    const stream = await follow({ repository: 'team/public' }, third);
    const silent = connect(Number(new URL(third.url).port), '127.0.0.1');
    await once(silent, 'connect');
    await third.close();
    await eventually('it has ended', () => stream.hasEnded);
  });
});

/** An index of nothing: a manifest that needs no blobs. */
function randomImageWithoutBlobs() {
  return indexOf([], { annotations: { random: randomBlob(8).digest } });
}
