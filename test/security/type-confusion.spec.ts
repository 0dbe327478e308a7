import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { descriptorOf, mediaTypes, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

describe('type confusion (CVE-2021-41190)', () => {
  let app: TestApp;
  let authorization: string;
  let image: TestManifest;
  let fields: { config: object; layers: object[]; manifests: object[] };

  beforeAll(async () => {
    app = await startApp();
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    image = randomImage();
    await new RegistryClient({ url: app.url, credentials, scheme: 'basic' }).push('team/app', image);
    const { config, layers } = JSON.parse(image.bytes.toString());
    fields = { config, layers, manifests: [descriptorOf(image)] };
  });
  afterAll(() => app.close());

  const put = (body: unknown, contentType: string) =>
    supertest(app.url)
      .put('/v2/team/app/manifests/confused')
      .set({ Authorization: authorization, 'Content-Type': contentType })
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const { ociManifest, ociIndex, dockerManifest, dockerList } = mediaTypes;

  const bodies: [string, () => unknown, string][] = [
    ['an index with layers and config', () => ({ mediaType: ociIndex, ...fields }), ociIndex],
    [
      'an index with layers',
      () => ({ mediaType: ociIndex, manifests: fields.manifests, layers: fields.layers }),
      ociIndex,
    ],
    ['an index with config', () => ({ mediaType: ociIndex, manifests: [], config: fields.config }), ociIndex],
    ['an image with manifests', () => ({ mediaType: ociManifest, ...fields }), ociManifest],
    [
      'an image with no manifests in a list',
      () => ({ mediaType: ociManifest, ...fields, manifests: [] }),
      ociManifest,
    ],
    ['both, without mediaType', () => fields, ociManifest],
    ['both, as an index without mediaType', () => fields, ociIndex],
    [
      'an image called an index',
      () => ({ mediaType: ociIndex, config: fields.config, layers: fields.layers }),
      ociIndex,
    ],
    [
      'an index called an image',
      () => ({ mediaType: ociManifest, manifests: fields.manifests }),
      ociManifest,
    ],
    ['a Docker list with layers', () => ({ mediaType: dockerList, ...fields }), dockerList],
    [
      'a field in another case',
      () => ({ mediaType: ociManifest, config: fields.config, Layers: fields.layers }),
      ociManifest,
    ],
    [
      'a second mediaType in another case',
      () => ({ mediaType: ociManifest, MediaType: ociIndex, config: fields.config, layers: [] }),
      ociManifest,
    ],
  ];
  it.each(bodies)('%s is refused', async (_what, body, contentType) => {
    const response = await put({ schemaVersion: 2, ...(body() as object) }, contentType);
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'MANIFEST_INVALID']);
  });

  const types = [ociManifest, ociIndex, dockerManifest, dockerList];
  const mismatches = types.flatMap((inBody) =>
    [...types, 'application/json'].map((header) => [inBody, header] as const),
  );
  it.each(mismatches.filter(([inBody, header]) => inBody !== header))(
    'mediaType %s under Content-Type %s is refused',
    async (mediaType, header) => {
      const { config, layers, manifests } = fields;
      const body = [ociManifest, dockerManifest].includes(mediaType as typeof ociManifest)
        ? { config, layers }
        : { manifests };
      const response = await put({ schemaVersion: 2, mediaType, ...body }, header);
      expect([response.status, response.body.errors[0].code]).toEqual([400, 'MANIFEST_INVALID']);
    },
  );

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['half an object', '{"schemaVersion": 2'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['a string', '"{}"'],
    ['a byte order mark first', '\ufeff{"schemaVersion":2}'],
    ['two objects', '{}{}'],
    ['lists within each other', `{"schemaVersion":2,"config":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['no schemaVersion', '{}'],
    ['schemaVersion 1', '{"schemaVersion":1,"fsLayers":[]}'],
    ['schemaVersion "2"', '{"schemaVersion":"2"}'],
  ])('a body that is %s is refused', async (_what, body) => {
    const response = await put(body, ociManifest);
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'MANIFEST_INVALID']);
  });

  const config = () => fields.config as { digest: string; mediaType: string; size: number };
  const descriptors: [string, () => unknown][] = [
    ['no digest', () => ({ mediaType: 'a/b', size: 1 })],
    ['a digest out of grammar', () => ({ ...config(), digest: 'sha256:abc' })],
    ['a number as digest', () => ({ ...config(), digest: 1 })],
    ['an object as digest', () => ({ ...config(), digest: { $ne: '' } })],
    ['no media type', () => ({ digest: config().digest, size: 1 })],
    ['no size', () => ({ digest: config().digest, mediaType: 'a/b' })],
    ['a negative size', () => ({ ...config(), size: -1 })],
    ['half a byte', () => ({ ...config(), size: 0.5 })],
    ['a size beyond any', () => ({ ...config(), size: 1e300 })],
    ['a text as size', () => ({ ...config(), size: '1' })],
    ['a list as annotations', () => ({ ...config(), annotations: ['a'] })],
    ['a number as annotation', () => ({ ...config(), annotations: { a: 1 } })],
    ['NUL in an annotation', () => ({ ...config(), annotations: { a: '\0' } })],
    ['half a character in an annotation', () => ({ ...config(), annotations: { '\ud800': '' } })],
    ['a text instead of it', () => 'config'],
    ['a list instead of it', () => []],
  ];
  it.each(descriptors)('a config or layer with %s is refused', async (_what, descriptor) => {
    const whole = { schemaVersion: 2, mediaType: ociManifest, config: fields.config, layers: [] };
    for (const body of [
      { ...whole, config: descriptor() },
      { ...whole, layers: [descriptor()] },
    ]) {
      const response = await put(body, ociManifest);
      expect([response.status, response.body.errors[0].code]).toEqual([400, 'MANIFEST_INVALID']);
    }
  });

  it('nothing of it was kept', async () => {
    await supertest(app.url)
      .get('/v2/team/app/manifests/confused')
      .set('Authorization', authorization)
      .expect(404);
  });
});
