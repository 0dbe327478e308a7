import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { World } from '../support/world.js';

describe('health', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([
    { path: '/healthz', body: { status: 'alive' } },
    { path: '/readyz', body: { status: 'ready', database: 'reachable', store: 'reachable' } },
  ])('GET $path answers without credentials, whatever is sent as such', async ({ path, body }) => {
    for (const authorization of [undefined, 'Bearer x', 'Basic !']) {
      const request = supertest(app.url).get(path);
      const response = await (authorization ? request.set('Authorization', authorization) : request);
      expect(response.status).toBe(200);
      expect(response.body).toEqual(body);
    }
  });

  it('GET /readyz answers 503 while Postgres cannot be reached, and GET /healthz goes on', async () => {
    const name = new URL(app.databaseUrl).pathname.slice(1);
    const world = await World.open(inject('postgresUrl'));
    const cutOff = (isAllowed: boolean) => world.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${isAllowed}`);
    await cutOff(false);
    await world.sql('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    const down = await supertest(app.url).get('/readyz');
    expect(down.status).toBe(503);
    expect(down.body).toEqual({
      status: 'not ready',
      database: 'unreachable',
      store: 'reachable',
      reasons: [expect.stringMatching(/^database: [A-Za-z0-9]+$/)],
    });
    await supertest(app.url).get('/healthz').expect(200);
    await cutOff(true);
    await eventually('readiness', async () => (await supertest(app.url).get('/readyz')).status === 200);
    await world.close();
  });

  it('GET /metrics counts requests by the template of their route, and bytes', async () => {
    await supertest(app.url).get('/v2/secret/name/manifests/latest').expect(401);
    await supertest(app.url).get('/nothing/here').expect(404);
    const { text, headers } = await supertest(app.url).get('/metrics').expect(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/berth_http_request_seconds_count\{[^}]*status="401"[^}]*\} 1/);
    expect(text).toMatch(/berth_http_received_bytes_total\{route="\/v2\/\*name\/manifests\/:reference"/);
    expect(text).toMatch(/berth_http_sent_bytes_total\{route="none"/);
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('secret');
  });
});
