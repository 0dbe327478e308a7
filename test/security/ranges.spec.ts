import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { digestOf, randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

describe('ranges', () => {
  let app: TestApp;
  let authorization: string;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
  });
  afterAll(() => app.close());

  const send = (method: 'get' | 'patch' | 'put', path: string) =>
    supertest(app.url)[method](path).set('Authorization', authorization);

  it.each([
    ['with a gap', '200-299', 416],
    ['with an overlap', '50-149', 416],
    ['from the start again', '0-99', 416],
    ['at 2^53 - 1', `${2 ** 53 - 100}-${2 ** 53 - 1}`, 416],
    ['at 2^63', '9223372036854775808-9223372036854775907', 400],
    ['reversed', '199-100', 400],
    ['negative', '-100-199', 400],
    ['without an end', '100-', 400],
    ['of many parts', '100-149,150-199', 400],
  ])('Content-Range %s: refused, offset unchanged', async (_what, range, status) => {
    const blob = randomBlob(200);
    const location = new URL(await client.startUpload('team/app')).pathname;
    await send('patch', location).send(blob.bytes.subarray(0, 100)).expect(202);
    for (const method of ['patch', 'put'] as const) {
      const path = `${location}?digest=${blob.digest}`;
      const refused = await send(method, path).set('Content-Range', range).send(blob.bytes.subarray(100));
      expect(refused.status).toBe(status);
      if (status === 416) expect(refused.headers).toMatchObject({ range: '0-99', location });
    }
    expect((await send('get', location).expect(204)).headers.range).toBe('0-99');
    await send('put', `${location}?digest=${blob.digest}`).send(blob.bytes.subarray(100)).expect(201);
  });

  it('500 ranges of one blob are one answer, no larger than the blob', async () => {
    const blob = randomBlob(300_000);
    await client.pushBlob('team/app', blob);
    for (const range of [
      Array.from({ length: 500 }, () => '0-').join(','),
      Array.from({ length: 500 }, (_, n) => `${n}-${n}`).join(', '),
      Array.from({ length: 500 }, (_, n) => `-${n + 1}`).join(','),
    ]) {
      const response = await send('get', `/v2/team/app/blobs/${blob.digest}`)
        .set('Range', `bytes=${range}`)
        .expect(200);
      expect(response.headers['content-length']).toBe('300000');
      expect(digestOf(response.body)).toBe(blob.digest);
    }
  });
});
