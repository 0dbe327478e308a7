import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import {
  descriptorOf,
  randomArtifact,
  randomBlob,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { rawRequest } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

describe('Host injection (both Distributions echo it)', () => {
  let app: TestApp;
  let authorization: string;
  let image: TestManifest;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_PUBLIC_URL: 'https://berth.example:8443' } });
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    image = randomImage();
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    await client.push('team/app', image, 'a');
    await client.putManifest('team/app', image, 'b');
    for (let n = 0; n < 2; n++)
      await client.push('team/app', randomArtifact({ subject: descriptorOf(image) }));
  });
  afterAll(() => app.close());

  const forged: [string, Record<string, string>, string?][] = [
    ['Host', { Host: 'evil.example' }],
    ['Host with a port and a path', { Host: 'evil.example:1/x' }],
    [
      'X-Forwarded-Host',
      { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Port': '1' },
    ],
    ['Forwarded', { Forwarded: 'host=evil.example;proto=http' }],
    ['Origin and Referer', { Origin: 'http://evil.example', Referer: 'http://evil.example/' }],
    ['an absolute target', {}, 'http://evil.example'],
  ];

  it.each(forged)('by %s: Location, Link and realm are unchanged', async (_what, headers, prefix = '') => {
    const send = (method: string, path: string, more: Record<string, string> = {}, body?: Buffer) =>
      rawRequest(app.url, method, prefix + path, { Authorization: authorization, ...headers, ...more }, body);
    const challenged = await send('GET', '/v2/team/app/tags/list', { Authorization: 'Bearer none' });
    expect(challenged.headers['www-authenticate']).toBe(
      'Bearer realm="https://berth.example:8443/token",service="berth.example:8443",' +
        'scope="repository:team/app:pull",error="invalid_token"',
    );

    const blob = randomBlob();
    const length = { 'Content-Length': String(blob.bytes.length) };
    const begun = await send('POST', '/v2/team/app/blobs/uploads/', { 'Content-Length': '0' });
    expect(begun.headers.location).toMatch(/^\/v2\/team\/app\/blobs\/uploads\/[0-9a-f-]{36}$/);
    const upload = begun.headers.location!;
    const refused = await send(
      'PATCH',
      upload,
      { ...length, 'Content-Range': `9-${blob.bytes.length + 8}` },
      blob.bytes,
    );
    expect([refused.status, refused.headers.location]).toEqual([416, upload]);
    const patched = await send('PATCH', upload, length, blob.bytes);
    expect(patched.headers.location).toBe(upload);
    const asked = await send('GET', upload);
    expect(asked.headers.location).toBe(upload);
    const finished = await send('PUT', `${upload}?digest=${blob.digest}`, { 'Content-Length': '0' });
    expect([finished.status, finished.body]).toEqual([201, '']);
    expect(finished.headers.location).toBe(`/v2/team/app/blobs/${blob.digest}`);
    const mounted = await send('POST', `/v2/team/other/blobs/uploads/?mount=${blob.digest}&from=team/app`, {
      'Content-Length': '0',
    });
    expect(mounted.headers.location).toBe(`/v2/team/other/blobs/${blob.digest}`);
    const single = await send(
      'POST',
      `/v2/team/app/blobs/uploads/?digest=${blob.digest}`,
      length,
      blob.bytes,
    );
    expect(single.headers.location).toBe(`/v2/team/app/blobs/${blob.digest}`);

    const type = { 'Content-Type': image.mediaType, 'Content-Length': String(image.bytes.length) };
    const put = await send('PUT', '/v2/team/app/manifests/c', type, image.bytes);
    expect(put.headers.location).toBe(`/v2/team/app/manifests/${image.digest}`);

    for (const list of ['team/app/tags/list', '_catalog', `team/app/referrers/${image.digest}`]) {
      const page = await send('GET', `/v2/${list}?n=1`);
      expect(page.headers.link).toMatch(new RegExp(`^</v2/${list}\\?n=1&last=[^>]+>; rel="next"$`));
    }
  });

  it('by any header: no answer repeats it', async () => {
    const answers = await Promise.all(
      [
        '/v2/',
        '/v2/_catalog',
        '/v2/team/app/manifests/none',
        '/token',
        '/nothing',
        '/v1/search?q=app',
        '/api/v1/nothing',
      ].map((path) =>
        rawRequest(app.url, 'GET', path, { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' }),
      ),
    );
    expect(JSON.stringify(answers)).not.toContain('evil');
  });
});
