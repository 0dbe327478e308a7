import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import parsePrometheus from 'parse-prometheus-text-format';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { startApp, type TestApp } from '../support/app.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly metrics: readonly { readonly labels?: Record<string, string>; readonly value?: string }[];
}

const deploy = join(import.meta.dirname, '../../deploy/monitoring');
const dashboard = JSON.parse(readFileSync(join(deploy, 'grafana-dashboard.json'), 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};
const alerts = parseYaml(readFileSync(join(deploy, 'alerts.yml'), 'utf8')) as {
  groups: { rules: { alert: string; expr: string }[] }[];
};
const queries = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ what: title, expr }))),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ what: alert, expr }))),
];

/** The metrics that a query asks for. Throws for one that Prometheus would refuse. */
function metricsIn(expr: string): string[] {
  const query = expr.replaceAll('$__rate_interval', '5m');
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ name, type, from, to }) => {
      if (type.isError) throw new Error(`not PromQL near "${query.slice(from, from + 30)}": ${query}`);
      if (name === 'Identifier') names.push(query.slice(from, to));
    },
  });
  return names;
}

describe('monitoring', () => {
  let app: TestApp;
  let families: Family[];
  beforeAll(async () => {
    app = await startApp();
    const client = new RegistryClient({ url: app.url, credentials: app.admin });
    await client.push('team/secret-name', randomImage(), 'secret-tag');
    await client.pullManifest('team/secret-name', 'secret-tag');
    await supertest(app.url).get('/token').auth('admin', 'wrong').expect(401);
    const { text } = await supertest(app.url).get('/metrics').expect(200);
    expect(text).not.toMatch(/secret-(name|tag)/);
    families = parsePrometheus(text) as Family[];
  });
  afterAll(() => app.close());

  const family = (name: string): Family => {
    const found = families.find((each) => each.name === name);
    if (!found) throw new Error(`there is no metric ${name}`);
    return found;
  };
  const value = (name: string, labels: Record<string, string>): number => {
    const wanted = Object.entries(labels);
    const found = family(name).metrics.filter((each) =>
      wanted.every(([key, text]) => each.labels?.[key] === text),
    );
    return found.reduce((sum, each) => sum + Number(each.value), 0);
  };

  it.each(queries)('$what asks for metrics that there are: $expr', ({ expr }) => {
    const names = metricsIn(expr).filter((name) => name !== 'up');
    const known = new Set(
      families.flatMap(({ name, type }) =>
        type === 'HISTOGRAM' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : name,
      ),
    );
    if (expr.includes('up{')) return expect(names).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('would notice a query that is none, or asks for what there is not', () => {
    expect(() => metricsIn('sum(rate(berth_x[5m])')).toThrow('not PromQL');
    expect(metricsIn('sum by (route) (rate(berth_x{a="b"}[5m])) / berth_y')).toEqual(['berth_x', 'berth_y']);
  });

  it('counts what was done', () => {
    expect(value('berth_token_requests_total', { result: 'issued' })).toBeGreaterThanOrEqual(1);
    expect(value('berth_token_requests_total', { result: 'refused' })).toBe(1);
    expect(value('berth_cache_lookups_total', {})).toBeGreaterThan(0);
    expect(value('berth_uploads_open', {})).toBe(0);
    expect(value('berth_uploads_writing', {})).toBe(0);
    expect(value('berth_sql_connections', { state: 'waiting' })).toBe(0);
    expect(value('berth_sql_connections_limit', {})).toBeGreaterThan(0);
    const operations = family('berth_store_seconds').metrics;
    expect(operations.length).toBeGreaterThan(0);
    expect(families.every(({ help }) => help.length > 0)).toBe(true);
  });
});

describe('who may read the metrics', () => {
  it('without a token: this machine, but nobody through a proxy', async () => {
    const app = await startApp();
    await supertest(app.url).get('/metrics').expect(200);
    for (const header of ['X-Forwarded-For', 'Forwarded', 'Via']) {
      const refused = await supertest(app.url).get('/metrics').set(header, '127.0.0.1').expect(403);
      expect(refused.body.errors[0]).toMatchObject({
        code: 'DENIED',
        message: expect.stringContaining('BERTH_METRICS_TOKEN'),
      });
    }
    await app.close();
  });

  it('with one: who sends it, from anywhere', async () => {
    const app = await startApp({ env: { BERTH_METRICS_TOKEN: 'a token of some length' } });
    for (const authorization of [undefined, 'Bearer wrong', 'Basic a', 'Bearer ']) {
      const request = supertest(app.url).get('/metrics');
      if (authorization) request.set('Authorization', authorization);
      expect((await request).status).toBe(403);
    }
    const request = supertest(app.url).get('/metrics').set('X-Forwarded-For', '192.0.2.1');
    await request.set('Authorization', 'Bearer a token of some length').expect(200);
    await app.close();
  });
});
