import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import { World } from '../support/world.js';

const { lines } = vi.hoisted(() => ({ lines: [] as string[] }));
vi.mock('pino', async (importReal) => {
  const real = await importReal<typeof import('pino')>();
  const pino = (options: object) =>
    real.pino({ ...options, level: 'trace' }, { write: (line: string) => lines.push(line) });
  return { ...real, pino: Object.assign(pino, real.pino) };
});

const marker = 'berthSecretMarker';
const secret = `${marker}0123456789`;

describe('secrets in logs', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startApp({ env: { BERTH_SIGNUP: 'open' } });
    world = await World.open(app.databaseUrl);
    await world.user('alice');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const post = (path: string, body: object) => supertest(app.url).post(path).send(body);
  const get = (path: string) => supertest(app.url).get(path);

  /** A request for every field that holds a secret. */
  const requests: Record<string, () => Test> = {
    'password of a sign-in': () => post('/api/v1/sessions', { username: 'alice', password: secret }),
    'password in a wrong body': () => post('/api/v1/sessions', { username: 'alice', password: [secret] }),
    'password with a wrong key': () => post('/api/v1/sessions', { username: 'alice', passwort: secret }),
    'password of Basic on /v2': () =>
      get('/v2/').set('Authorization', basic({ username: 'alice', password: secret })),
    'password of Basic on /api': () =>
      get('/api/v1/me').set('Authorization', basic({ username: 'alice', password: secret })),
    'password of the token form': () =>
      post('/token', {}).type('form').send({ grant_type: 'password', username: 'alice', password: secret }),
    'refresh token': () =>
      post('/token', {}).type('form').send({ grant_type: 'refresh_token', refresh_token: secret }),
    'password of a new user': () =>
      post('/api/v1/users', { username: 'alice', password: `${secret} long enough` }),
    'weak password of a new user': () =>
      post('/api/v1/users', { username: 'bob', password: secret.repeat(20) }),
    'password in broken JSON': () =>
      supertest(app.url).post('/api/v1/sessions').type('json').send(`{"password": ${secret}`),
    'passwords of a change': () =>
      supertest(app.url)
        .put('/api/v1/me/password')
        .auth('alice', 'password of alice')
        .send({ oldPassword: secret, newPassword: `${secret} long enough` }),
    'secret of a link': () => get(`/api/v1/password-resets/${secret}`),
    'secret and password of a link': () => post(`/api/v1/password-resets/${secret}`, { password: secret }),
    'access token': () => get('/api/v1/me').set('Authorization', `Bearer berth_pat_${secret}`),
    'robot secret': () =>
      get('/v2/').set('Authorization', basic({ username: 'robot+a+b', password: `berth_robot_${secret}` })),
    'registry token': () => get('/v2/').set('Authorization', `Bearer ${secret}.${secret}.${secret}`),
    'session cookie': () => get('/api/v1/me').set('Cookie', `berth_session=${secret}`),
  };

  async function expectNowhere(answers: string[]): Promise<void> {
    const [row] = await world.sql<{ found: number }>(
      `SELECT count(*)::int AS found FROM audit_log a WHERE a::text LIKE $1`,
      [`%${marker}%`],
    );
    expect(row?.found).toBe(0);
    const { text: metrics } = await get('/metrics').set(
      'Authorization',
      basic({ username: 'admin', password: app.admin.password }),
    );
    for (const text of [...lines, ...answers, metrics]) expect(text).not.toContain(marker);
  }

  const told = async (request: () => Test) => {
    const { status, text, headers } = await request();
    return { status, text: JSON.stringify([text, headers]) };
  };

  it('a marker in every secret field is in no log, audit entry, answer or metric', async () => {
    const answers: string[] = [];
    for (const [field, request] of Object.entries(requests)) {
      const { status, text } = await told(request);
      expect({ field, isRefused: status >= 400 && status < 500 }).toEqual({ field, isRefused: true });
      answers.push(text);
    }
    await expectNowhere(answers);
  });

  it('nor when Berth itself breaks over the request', async () => {
    await world.sql('ALTER TABLE users RENAME COLUMN username TO broken');
    await world.sql('ALTER TABLE password_links RENAME TO broken_links');
    try {
      const answers: string[] = [];
      for (const request of Object.values(requests)) answers.push((await told(request)).text);
      expect(lines.join('')).toContain('a request failed');
      await expectNowhere(answers);
    } finally {
      await world.sql('ALTER TABLE users RENAME COLUMN broken TO username');
      await world.sql('ALTER TABLE broken_links RENAME TO password_links');
    }
  });
});
