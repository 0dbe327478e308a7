import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

const { lines } = vi.hoisted(() => ({ lines: [] as string[] }));
vi.mock('pino', async (importReal) => {
  const real = await importReal<typeof import('pino')>();
  const pino = (options: object) => real.pino(options, { write: (line: string) => lines.push(line) });
  return { ...real, pino: Object.assign(pino, real.pino) };
});

describe('the log', () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startApp({ env: { BERTH_LOG_LEVEL: 'debug', BERTH_TRUSTED_PROXIES: '127.0.0.0/8' } });
    world = await World.open(app.databaseUrl);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
  beforeEach(() => {
    lines.length = 0;
  });

  const idsOfLines = () => lines.map((line) => (JSON.parse(line) as { requestId?: string }).requestId);
  const failing = (id: string) =>
    supertest(app.url).get('/api/v1/me').auth('admin', app.admin.password).set('X-Request-Id', id);

  it("has the gateway's id of the request on every line of it, and the answer has it too", async () => {
    await world.sql('ALTER TABLE users RENAME COLUMN username TO broken');
    try {
      const ids = Array.from({ length: 20 }, (_, number) => `gateway-${number}`);
      const answers = await Promise.all(ids.map(failing));
      expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 500));
      expect(answers.map(({ headers }) => headers['x-request-id'])).toEqual(ids);
      expect(new Set(idsOfLines())).toEqual(new Set(ids));
    } finally {
      await world.sql('ALTER TABLE users RENAME COLUMN broken TO username');
    }
  });

  it('has it on lines that are written before any route is looked for', async () => {
    await supertest(app.url).get('/v2/').set({ 'X-Request-Id': 'early', Host: 'other.example.org' });
    expect(idsOfLines()).toEqual(['early']);
  });
});
