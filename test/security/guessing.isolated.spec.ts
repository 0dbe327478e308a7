import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

const { verifications } = vi.hoisted(() => ({ verifications: { count: 0 } }));
vi.mock('@node-rs/argon2', async (importReal) => {
  const real = await importReal<typeof import('@node-rs/argon2')>();
  const verify: typeof real.verify = (...args) => {
    verifications.count += 1;
    return real.verify(...args);
  };
  return { ...real, verify };
});

/** Every way to try a password. */
const doors: Record<string, (url: string, given: Credentials) => supertest.Test> = {
  'the sign-in page': (url, { username, password }) =>
    supertest(url).post('/api/v1/sessions').send({ username, password }),
  'Basic on /v2': (url, given) => supertest(url).get('/v2/').set('Authorization', basic(given)),
  'Basic on /api': (url, given) => supertest(url).get('/api/v1/me').set('Authorization', basic(given)),
  'the token endpoint with Basic': (url, given) =>
    supertest(url).get('/token').set('Authorization', basic(given)),
  "the token endpoint's form": (url, { username, password }) =>
    supertest(url)
      .post('/token')
      .type('form')
      .send({ grant_type: 'password', username, password, client_id: 'test' }),
};

describe('guessing', () => {
  let app: TestApp;
  let replica: TestApp;
  let world: World;
  let user: Credentials;
  let made = 0;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_TRUSTED_PROXIES: 'loopback' } });
    replica = await startApp({
      env: { BERTH_DATABASE_URL: app.databaseUrl, BERTH_TRUSTED_PROXIES: 'loopback' },
    });
    world = await World.open(app.databaseUrl);
  });
  afterAll(async () => {
    await world.close();
    await replica.close();
    await app.close();
  });
  beforeEach(async () => {
    made += 1;
    await world.sql('DELETE FROM sign_in_failures');
    user = await world.user(`user${made}`);
  });

  const wrong = () => ({ username: user.username, password: 'a wrong guess' });
  const through = (door: string, given: Credentials, address = '192.0.2.1', url = app.url) =>
    (doors[door] as (typeof doors)[string])(url, given).set('X-Forwarded-For', address);
  const statusesOf = (answers: Response[]) => answers.map(({ status }) => status);
  const signIn = 'the sign-in page';

  describe.each(Object.keys(doors))('at %s', (door) => {
    it('fifty bad logins end in 429 with Retry-After, for the right password as well', async () => {
      const answers: Response[] = [];
      for (let guess = 0; guess < 50; guess++) answers.push(await through(door, wrong()));
      expect(statusesOf(answers)).toEqual([...Array(10).fill(401), ...Array(40).fill(429)]);
      for (const { headers } of answers.slice(10)) {
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
        expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
      }
      expect((await through(door, user)).status).toBe(429);
      for (const other of Object.keys(doors)) expect((await through(other, user)).status).toBe(429);
    });

    it('an unknown user and a wrong password answer alike, at the same cost, until 429 and after', async () => {
      const seen = async (given: Credentials) => {
        const story: unknown[] = [];
        for (let guess = 0; guess < 12; guess++) {
          const before = verifications.count;
          let answer: Response | undefined;
          const statements = await app.countSql(async () => {
            answer = await through(door, given);
          });
          const { date, 'x-request-id': id, 'retry-after': seconds, ...headers } = answer?.headers ?? {};
          const cost = { statements, verifications: verifications.count - before };
          const body = answer?.text.replace(/in \d+ seconds/, 'in a while');
          story.push({ status: answer?.status, body, headers, cost });
        }
        return story;
      };
      const ofWrong = await seen(wrong());
      expect(ofWrong[0]).toMatchObject({ status: 401, cost: { verifications: 1 } });
      expect(ofWrong[11]).toMatchObject({ status: 429, cost: { verifications: 0 } });
      expect(await seen({ username: 'nobody', password: 'a wrong guess' })).toEqual(ofWrong);
    });
  });

  it('is limited over all replicas together', async () => {
    for (let guess = 0; guess < 10; guess++) {
      const { url } = guess % 2 === 0 ? app : replica;
      expect((await through(signIn, wrong(), '192.0.2.1', url)).status).toBe(401);
    }
    for (const { url } of [app, replica])
      expect((await through(signIn, wrong(), '192.0.2.1', url)).status).toBe(429);
  });

  it('is not got through by asking a hundred times at once', async () => {
    const before = verifications.count;
    const answers = await Promise.all(Array.from({ length: 100 }, () => through(signIn, wrong())));
    expect(new Set(statusesOf(answers))).toEqual(new Set([401, 429]));
    expect(verifications.count - before).toBeLessThanOrEqual(11);
  });

  it('leaves the account open from elsewhere, and the address open for others', async () => {
    const other = await world.user(`other${made}`);
    for (let guess = 0; guess < 11; guess++) await through(signIn, wrong());
    expect((await through(signIn, user, '192.0.2.2')).status).toBe(201);
    expect((await through(signIn, other)).status).toBe(201);
  });

  it('of one account from many addresses is limited', async () => {
    for (let guess = 0; guess < 50; guess++) {
      const { status } = await through(signIn, wrong(), `198.51.100.${guess}`);
      expect(status).toBe(401);
    }
    expect((await through(signIn, user, '198.51.100.200')).status).toBe(429);
  });

  it('of many accounts from one address is limited, an IPv6 network being one address', async () => {
    for (let guess = 0; guess < 100; guess++) {
      const given = { username: `name${guess}`, password: 'a wrong guess' };
      expect((await through(signIn, given, `2001:db8::${guess}`)).status).toBe(401);
    }
    expect((await through(signIn, user, '2001:db8::ffff')).status).toBe(429);
    expect((await through(signIn, user, '2001:db8:0:1::1')).status).toBe(201);
  });

  it('is forgiven when the time is over', async () => {
    for (let guess = 0; guess < 11; guess++) await through(signIn, wrong());
    await world.sql('UPDATE sign_in_failures SET window_ends_at = now()');
    expect((await through(signIn, user)).status).toBe(201);
    expect((await through(signIn, wrong())).status).toBe(401);
  });

  it('costs who knows the password no write but one a minute', async () => {
    const tokenDoor = 'the token endpoint with Basic';
    const writes = async () => {
      const statements = await app.countSql(async () => {
        expect((await through(tokenDoor, user)).status).toBe(200);
      });
      return statements.filter((statement) => /\b(INSERT|UPDATE|DELETE)\b/.test(statement)).length;
    };
    expect(await writes()).toBe(2);
    expect(await writes()).toBe(0);
    await world.sql(`UPDATE users SET last_sign_in_at = now() - interval '61 seconds'`);
    expect(await writes()).toBe(2);
  });
});
