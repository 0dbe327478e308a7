import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { rawRequest } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

describe('digest and path tricks (CVE-2024-3727)', () => {
  let app: TestApp;
  let authorization: string;

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    await new RegistryClient({ url: app.url, credentials, scheme: 'basic' }).push(
      'team/app',
      randomImage(),
      'latest',
    );
  });
  afterAll(() => app.close());

  const hex = 'a'.repeat(64);
  const digests = [
    'sha256:..%2f..%2fetc%2fpasswd',
    'sha256:../../etc/passwd',
    'sha256:%2e%2e%2f%2e%2e%2f',
    `sha256:${hex.slice(2)}..`,
    `sha256:${hex}%00`,
    `sha256:${hex}%0a`,
    `sha256:${hex}/../x`,
    `sha256:${hex.toUpperCase()}`,
    'sha256:abc',
    `sha256:${hex}a`,
    `sha512:${hex}`,
    `md5:${'a'.repeat(32)}`,
    `sha1:${'a'.repeat(40)}`,
    `sha256%3A${hex.slice(1)}`,
    `../${hex}`,
    `sha256:${'%61'.repeat(63)}%2f`,
    `sha256:${'a'.repeat(5000)}`,
  ];
  const names = [
    'team/..',
    'team/%2e%2e/app',
    '%2e%2e/app',
    'team/%2e%2e%2fapp',
    'team%2f..%2fapp',
    'team/app%2f..',
    '..%5c..%5capp',
    'team/app%00',
    'team/.git',
    'team/app;x',
    'team/%c0%ae%c0%ae/app',
    'team/%u002e%u002e/app',
    'team/app%20',
    '%252e%252e/app',
  ];
  const requests = [
    ...digests.flatMap((digest) => [
      ['GET', `/v2/team/app/blobs/${digest}`],
      ['HEAD', `/v2/team/app/blobs/${digest}`],
      ['DELETE', `/v2/team/app/blobs/${digest}`],
      ['GET', `/v2/team/app/manifests/${digest}`],
      ['PUT', `/v2/team/app/manifests/${digest}`],
      ['GET', `/v2/team/app/referrers/${digest}`],
      ['POST', `/v2/team/app/blobs/uploads/?digest=${digest}`],
      ['POST', `/v2/team/app/blobs/uploads/?mount=${digest}&from=team/app`],
    ]),
    ...names.flatMap((name) => [
      ['GET', `/v2/${name}/manifests/latest`],
      ['PUT', `/v2/${name}/manifests/latest`],
      ['GET', `/v2/${name}/tags/list`],
      ['POST', `/v2/${name}/blobs/uploads/`],
      ['GET', `/v2/team/app/blobs/uploads/${name}`],
      ['POST', `/v2/team/app/blobs/uploads/?mount=sha256:${hex}&from=${name}`],
    ]),
  ] as [string, string][];

  it.each(requests)('%s %s is refused, and never a failure', async (method, target) => {
    const answer = await rawRequest(app.url, method, target, { Authorization: authorization });
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/json');
    if (method !== 'HEAD')
      expect(JSON.parse(answer.body).errors[0].code).toMatch(/_INVALID$|_UNKNOWN$|UNSUPPORTED/);
  });
});
