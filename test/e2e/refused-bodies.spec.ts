import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { RawConnection } from '../support/raw-http.js';

const mebibyte = 1024 * 1024;
let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('the body of a refused request', () => {
  const refused = { Authorization: 'Bearer none', 'Transfer-Encoding': 'chunked' };
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), randomBytes(mebibyte), Buffer.from('\r\n')]);

  it('does not keep the client from reading why', async () => {
    const connection = await RawConnection.open(app.url);
    await connection.writeHead('PUT', '/v2/team/app/manifests/latest', refused);
    for (let sent = 0; sent < 8; sent++) await connection.write(chunk);
    await connection.write('0\r\n\r\n');
    await connection.writeHead('GET', '/v2/', { Connection: 'close' });
    const answer = await connection.answer();
    expect(answer.status).toBe(401);
    expect(answer.body.match(/HTTP\/1.1 401/g)).toHaveLength(1); // the second request's, on the same connection
  });

  it('is not read for ever', async () => {
    const connection = await RawConnection.open(app.url);
    await connection.writeHead('PUT', '/v2/team/app/manifests/latest', refused);
    for (let sent = 0; sent < 1000 && !connection.isClosed; sent++) await connection.write(chunk);
    expect((await connection.answer()).status).toBe(401);
  });
});
