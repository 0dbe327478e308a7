import supertest from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { randomBlob } from '../support/images.js';
import { RawConnection } from '../support/raw-http.js';

const { AT_ONCE } = vi.hoisted(() => ({ AT_ONCE: 5 }));
vi.mock('../../apps/registry-api/src/limits.js', async (importReal) => {
  const { limits } = await importReal<typeof import('../../apps/registry-api/src/limits.js')>();
  return { limits: { ...limits, requestsAtOnce: AT_ONCE } };
});

describe('requests beyond what a process takes at once', () => {
  let app: TestApp;
  let held: RawConnection[];
  beforeAll(async () => {
    app = await startApp();
  });
  beforeEach(async () => {
    held = await Promise.all(Array.from({ length: AT_ONCE }, () => holdRequest(app)));
  });
  afterEach(() => {
    for (const connection of held) connection.cut();
  });
  afterAll(() => app.close());

  const get = (path: string) => supertest(app.url).get(path);
  const refusal = (path: string) =>
    eventually('the bound is reached', async () => {
      const answer = await get(path);
      return answer.status === 429 ? answer : undefined;
    });

  it.each(['/v2/', '/v2/team/app/manifests/latest', '/token', '/v1/search?q=a'])(
    'are told at %s to come back, in the form of the registry',
    async (path) => {
      const answer = await refusal(path);
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.body.errors).toEqual([
        { code: 'TOOMANYREQUESTS', message: expect.stringMatching(/try again/) },
      ]);
    },
  );

  it('get problem details under /api', async () => {
    const answer = await refusal('/api/v1/me');
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('are answered where they ask how the process does', async () => {
    await refusal('/v2/');
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('are taken as soon as others are done, however these end', async () => {
    await refusal('/v2/');
    held.pop()?.cut();
    await eventually('there is a place again', async () => (await get('/v2/')).status === 401);
    // The refused ones have not taken places themselves.
    expect((await get('/v2/')).status).toBe(401);
  });
});

/** An upload of which no byte comes. */
async function holdRequest(app: TestApp): Promise<RawConnection> {
  const connection = await RawConnection.open(app.url);
  await connection.writeHead('POST', `/v2/team/app/blobs/uploads/?digest=${randomBlob().digest}`, {
    Authorization: basic(app.admin),
    'Content-Length': '100',
  });
  return connection;
}
