import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { descriptorOf, randomArtifact, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

describe('page size (CVE-2023-2253)', () => {
  let app: TestApp;
  let authorization: string;
  const image = randomImage();

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    await client.push('team/app', image, 'latest');
    await client.push('team/app', randomArtifact({ subject: descriptorOf(image) }));
  });
  afterAll(() => app.close());

  const lists: [string, () => string, string][] = [
    ['tags', () => '/v2/team/app/tags/list', 'tags'],
    ['catalog', () => '/v2/_catalog', 'repositories'],
    ['referrers', () => `/v2/team/app/referrers/${image.digest}`, 'manifests'],
  ];
  const get = (path: string) => supertest(app.url).get(path).set('Authorization', authorization);

  describe.each(lists)('of %s', (_list, path, field) => {
    it.each(['-1', 'abc', '-99999999999', 'NaN', 'Infinity', '1e9', '0x10', '', '1;2'])(
      'n=%s is 400',
      async (n) => {
        const response = await get(`${path()}?n=${n}`).expect(400);
        expect(response.body.errors[0].code).toBe('PAGINATION_NUMBER_INVALID');
      },
    );

    it('n=99999999999 is capped', async () => {
      const response = await get(`${path()}?n=99999999999`).expect(200);
      expect(response.body[field]).toHaveLength(1);
    });

    it('n=0 is an empty list', async () => {
      const response = await get(`${path()}?n=0`).expect(200);
      expect(response.body[field]).toEqual([]);
      expect(response.headers).not.toHaveProperty('link');
    });
  });
});
