import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../apps/registry-api/src/limits.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic, bearer } from '../support/authorization.js';
import { type RawAnswer, RawConnection, rawRequest } from '../support/raw-http.js';
import { World } from '../support/world.js';

/** What Node's parser takes for no request, which no handler ever sees. */
describe('a request that cannot be read', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const sent = async (bytes: string): Promise<RawAnswer> => {
    const connection = await RawConnection.open(app.url);
    await connection.write(bytes);
    return connection.answer();
  };
  const head = (target: string, ...lines: string[]) =>
    `${['GET', target, 'HTTP/1.1'].join(' ')}\r\nHost: localhost\r\n${lines.join('\r\n')}\r\n\r\n`;
  const long = (bytes: number) => `X-Long: ${'x'.repeat(bytes)}`;

  function expectRegistryError(answer: RawAnswer, status: number, code: string): void {
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'docker-distribution-api-version': 'registry/2.0',
      'cache-control': 'private, no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      errors: [{ code, message: expect.stringMatching(/^\S.+\.$/) }],
    });
  }

  it.each([
    ['a header without a colon', head('/v2/', 'nonsense')],
    ['a broken content length', head('/v2/', 'Content-Length: many')],
    ['a length and chunks at once', head('/v2/', 'Content-Length: 1', 'Transfer-Encoding: chunked')],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['another version', 'GET /v2/ HTTP/9.9\r\nHost: localhost\r\n\r\n'],
  ])('under /v2 is the JSON of the specification: %s', async (_, bytes) => {
    expectRegistryError(await sent(bytes), 400, 'INVALID');
  });

  it.each(['/api/v1/me', '/v2x', '/'])('at %s is problem details', async (target) => {
    const answer = await sent(head(target, 'nonsense'));
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 400, title: 'INVALID' });
  });

  it('names the limit of headers, and takes what is below it', async () => {
    const beyond = await sent(head('/v2/', long(limits.headerBytes)));
    expectRegistryError(beyond, 431, 'SIZE_INVALID');
    expect(beyond.body).toContain(String(limits.headerBytes));
    const problem = await sent(head('/api/v1/me', long(limits.headerBytes)));
    expect(JSON.parse(problem.body)).toMatchObject({ status: 431, title: 'SIZE_INVALID' });
    const below = await rawRequest(app.url, 'GET', '/v2/', {
      'X-Long': 'x'.repeat(limits.headerBytes - 1000),
    });
    expect(below.status).toBe(401);
  });

  it('is told so too when the client goes on sending', async () => {
    const connection = await RawConnection.open(app.url);
    await connection.write(head('/v2/', 'nonsense'));
    for (let more = 0; more < 20; more++) await connection.write('x'.repeat(64 * 1024));
    connection.end();
    expectRegistryError(await connection.answer(), 400, 'INVALID');
  });

  it('without a Host is refused in JSON', async () => {
    expectRegistryError(await sent('GET /v2/ HTTP/1.1\r\nConnection: close\r\n\r\n'), 400, 'INVALID');
    const problem = await sent('GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect([problem.status, JSON.parse(problem.body).title]).toEqual([400, 'INVALID']);
    expect((await sent('GET /v2/ HTTP/1.0\r\n\r\n')).status).toBe(401);
  });

  it('that breaks off in its body is answered once, and leaves the upload where it was', async () => {
    const authorization = basic(await adminToken(app));
    const begun = await rawRequest(app.url, 'POST', '/v2/team/app/blobs/uploads/', {
      Authorization: authorization,
      'Content-Length': '0',
    });
    const location = begun.headers.location ?? '';
    const connection = await RawConnection.open(app.url);
    const chunked = { Authorization: authorization, 'Transfer-Encoding': 'chunked' };
    await connection.writeHead('PATCH', location, chunked);
    await connection.write('4\r\nabcd\r\nno chunk\r\n');
    expectRegistryError(await connection.answer(), 400, 'INVALID');
    const patched = await rawRequest(
      app.url,
      'PATCH',
      location,
      { Authorization: authorization, 'Content-Length': '1' },
      'x',
    );
    expect(patched.status).toBe(202);
  });

  it('is no token for a hundred repositories; one that no request could hold is refused', async () => {
    const world = await World.open(app.databaseUrl);
    const admin = await world.accessToken('admin');
    const scopes = (length: number) =>
      Array.from({ length: 100 }, (_, n) => `repository:many/${`${n}-`.padEnd(length, 'x')}:pull,push`);
    const authorization = await bearer(app.url, scopes(100), admin);
    expect(authorization.length).toBeGreaterThan(16 * 1024);
    const answer = await rawRequest(app.url, 'GET', `/v2/many/${'1-'.padEnd(100, 'x')}/tags/list`, {
      Authorization: authorization,
    });
    expect(JSON.parse(answer.body).errors[0].code).toBe('NAME_UNKNOWN');
    await world.organization('many');
    for (let n = 0; n < 100; n++) await world.repository(`many/${`${n}-`.padEnd(240, 'x')}`);
    await expect(bearer(app.url, scopes(240), admin)).rejects.toThrow(/400.*ask for fewer at once/);
    await world.close();
  });
});
