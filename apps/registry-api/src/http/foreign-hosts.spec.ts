import type { Request, Response } from 'express';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { reportForeignHosts } from './foreign-hosts.js';

function warnedHosts(requests: { host: string; url: string }[]): string[] {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => lines.push(line) });
  const handler = reportForeignHosts({ publicUrl: new URL('https://registry.example.org') }, logger);
  let passed = 0;
  for (const { host, url } of requests) {
    handler({ url, headers: { host } } as Request, {} as Response, () => {
      passed += 1;
    });
  }
  expect(passed).toBe(requests.length);
  return lines.map((line) => JSON.parse(line).host);
}

test('tells of an address that is not the public one, once', () => {
  const requests = ['registry.example.org', '10.0.0.5:5000', '10.0.0.5:5000'].map((host) => ({
    host,
    url: '/v2/',
  }));
  expect(warnedHosts(requests)).toEqual(['10.0.0.5:5000']);
});

test('leaves probes, scrapes and pages alone', () => {
  const urls = ['/readyz', '/metrics', '/explore', '/v2x', '/api/v1/me'];
  expect(warnedHosts(urls.map((url) => ({ url, host: 'replica-1:5000' })))).toEqual([]);
});

test('is not filled by made-up names', () => {
  const requests = Array.from({ length: 1000 }, (_, number) => ({
    host: `made-up-${number}`,
    url: '/token',
  }));
  expect(warnedHosts(requests)).toHaveLength(100);
});
