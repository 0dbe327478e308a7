import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probes } from '../access/probes/index.js';
import type { Presentation, Probe } from '../access/probes/probe.js';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { World } from '../support/world.js';

const repository = 'team/app';

describe('BERTH_ANONYMOUS=none', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_ANONYMOUS: 'none' } });
    world = await World.open(app.databaseUrl);
    await world.organization('team');
    await world.repository(repository, { visibility: 'public', description: 'words' });
  });

  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function answerTo(probe: Probe, presentation: Presentation): Promise<Response> {
    const {
      method,
      path,
      body,
      scope = '',
      headers,
    } = probe.request({
      repository,
      namespace: 'team',
      accessTokenId: '1',
    });
    const authorization = presentation === 'bearer' ? await bearer(app.url, scope.split(' ')) : undefined;
    return fetch(app.url + path, {
      method,
      body,
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
    });
  }

  /** The token service has a test of its own. */
  const closed = probes.filter(({ route }) => route !== 'GET /token');
  const withoutAccount = closed.flatMap((probe) =>
    probe.presentations
      .filter((presentation) => presentation === 'none' || presentation === 'bearer')
      .map((presentation) => ({ route: `${probe.route} ${probe.name ?? ''}`, presentation, probe })),
  );

  it.each(withoutAccount)('$route by $presentation is closed', async ({ probe, presentation }) => {
    const response = await answerTo(probe, presentation);
    const body = await response.text();
    if (response.status >= 400) return expect([401, 404]).toContain(response.status);
    expect({ body, isAboutIt: body.includes('app') || body.includes('words') }).toEqual({
      body: expect.stringMatching(emptyAnswer(probe)),
      isAboutIt: false,
    });
  });

  it('gives a token without access, whatever it is asked for', async () => {
    const authorization = await bearer(app.url, [`repository:${repository}:pull`]);
    const claims = JSON.parse(Buffer.from(authorization.split('.')[1]!, 'base64url').toString());
    expect(claims.access).toEqual([{ type: 'repository', name: repository, actions: [] }]);
  });

  it.each(['/healthz', '/readyz'])('still tells how it is at %s', async (path) => {
    expect((await fetch(app.url + path)).status).toBe(200);
  });

  it('shows what is public to every account', async () => {
    const credentials = await world.user('alice');
    const answer = await apiOf(app, credentials).get('/repositories').expect(200);
    expect(answer.body.items.map(({ name }: { name: string }) => name)).toEqual([repository]);
    const headers = { authorization: basic(credentials) };
    expect((await fetch(`${app.url}/v2/${repository}/tags/list`, { headers })).status).toBe(200);
    const token = await bearer(app.url, [`repository:${repository}:pull`], credentials);
    const pulled = await fetch(`${app.url}/v2/${repository}/tags/list`, {
      headers: { authorization: token },
    });
    expect(pulled.status).toBe(200);
  });

  it('lets people sign in', async () => {
    const { username, password } = await world.user('bob');
    await apiOf(app).post('/sessions', { username, password }).expect(201);
  });
});

/** What says that there is nothing. */
function emptyAnswer({ route }: Probe): RegExp {
  if (route === 'GET /v2') return /^\{\}$/;
  return /"(items|results|repositories)":\[\]/;
}
