// needs: minio
import { randomBytes } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { eventually } from '../support/eventually.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { type Span, startTraceReceiver } from '../support/trace-receiver.js';

const SERVER = 2;
const CLIENT = 3;

describe('traces', () => {
  let receiver: Awaited<ReturnType<typeof startTraceReceiver>>;
  let berth: Berth;
  const image = randomImage({ layers: 1, layerSizeBytes: 200_000 });
  beforeAll(async () => {
    receiver = await startTraceReceiver();
    berth = await startBerth({
      storage: 's3',
      env: {
        ...receiver.settings,
        BERTH_LOG_LEVEL: 'debug',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      },
    });
    const client = new RegistryClient({ url: berth.url, credentials: berth.admin });
    await client.push('team/app', image, 'latest');
  });
  afterAll(async () => {
    await berth?.stop();
    await receiver?.stop();
  });

  /** Asks as part of a trace, and gives the spans that Berth adds to it. */
  async function trace(path: string, headers: Record<string, string> = {}) {
    const traceId = randomBytes(16).toString('hex');
    const parentId = randomBytes(8).toString('hex');
    const response = await supertest(berth.url)
      .get(path)
      .auth(berth.admin.username, berth.admin.password)
      .set({ traceparent: `00-${traceId}-${parentId}-01`, ...headers });
    const spans = await eventually('the span of the request', () => {
      const own = receiver.spans.filter((span) => span.traceId === traceId);
      return own.some(({ kind }) => kind === SERVER) ? own : undefined;
    });
    const server = spans.find(({ kind }) => kind === SERVER) as Span;
    expect(server.parentSpanId).toBe(parentId);
    const children = spans.filter(({ parentSpanId }) => parentSpanId === server.spanId);
    return { response, traceId, server, children };
  }

  test('a manifest: the request by its route, and its one statement', async () => {
    const { response, server, children } = await trace('/v2/team/app/manifests/latest');
    expect(response.status).toBe(200);
    expect(server.name).toBe('GET /v2/*name/manifests/:reference');
    expect(server.resource).toMatchObject({ 'service.name': 'berth', 'deployment.environment.name': 'test' });
    expect(server.attributes).toMatchObject({
      'http.request.method': 'GET',
      'http.route': '/v2/*name/manifests/:reference',
      'http.response.status_code': expect.anything(),
      'url.path': '/v2/team/app/manifests/latest',
    });
    const sql = children.filter(({ attributes }) => JSON.stringify(attributes).includes('postgresql'));
    expect(sql.length).toBeGreaterThan(0);
    expect(sql.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^sql /));
  });

  test('a blob: a call of the store', async () => {
    const layer = image.blobs.toSorted((one, other) => other.bytes.length - one.bytes.length)[0]!;
    const { server, children } = await trace(`/v2/team/app/blobs/${layer.digest}`);
    expect(server.name).toBe('GET /v2/*name/blobs/:digest');
    const calls = children.filter(({ kind, attributes }) => kind === CLIENT && attributes['url.full']);
    expect(calls.map(({ attributes }) => attributes['url.full'])).toEqual([
      expect.stringContaining(`${berth.env.BERTH_S3_ENDPOINT}/${berth.env.BERTH_S3_BUCKET}/blobs/`),
    ]);
  });

  test('the log has the trace', async () => {
    const { traceId, response } = await trace('/v2/', { Host: 'other.example.org' });
    const requestId = response.headers['x-request-id'];
    const line = await eventually('the line', () =>
      berth
        .output()
        .split('\n')
        .find((each) => each.includes(traceId)),
    );
    expect(JSON.parse(line)).toMatchObject({ trace_id: traceId, requestId, host: 'other.example.org' });
  });

  test('probes have no span, and no span holds a secret of an address', async () => {
    for (const probe of ['/healthz', '/readyz', '/metrics']) await fetch(`${berth.url}${probe}`);
    const { server } = await trace('/api/v1/password-resets/SecretMarker?code=SecretMarker');
    expect(server.attributes).toMatchObject({ 'url.path': '/api/v1/password-resets/:secret' });
    const told = JSON.stringify(receiver.spans);
    expect(told).not.toMatch(/healthz|readyz|metrics|SecretMarker/);
    expect(told).not.toContain(berth.admin.password);
  });
});

test('without OTEL_* variables nothing of OpenTelemetry is loaded but the interface that prom-client asks for', async () => {
  const berth = await startBerth({ env: { NODE_DEBUG: 'module' } });
  try {
    const packages = new Set(berth.output().match(/node_modules\/(@[\w-]+\/)?[\w-]+/g));
    expect(packages).toContain('node_modules/pg');
    const ofTracing = /@opentelemetry|import-in-the-middle|require-in-the-middle|pino-pretty/;
    expect([...packages].filter((name) => ofTracing.test(name))).toEqual(['node_modules/@opentelemetry/api']);
  } finally {
    await berth.stop();
  }
});
