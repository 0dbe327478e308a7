import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { freePort } from '../support/free-port.js';
import { startRecordingProxy } from '../support/recording-proxy.js';
import type { StorageKind } from '../support/storage-settings.js';
import { type ConformanceResult, runConformanceSuite } from './run-suite.js';

const versions = ['1.1', 'dev'] as const;
const resultsRoot = join(import.meta.dirname, '../../results/conformance');

/** One Berth, or two replicas on one database and store whose requests are taken in turn. */
export type Set = 'one' | 'two replicas';

/** Runs the suite in each version against Berth, and makes a test of each of its cases. */
export async function describeConformance(storage: StorageKind, set: Set = 'one'): Promise<void> {
  const results = await runVersions(storage, set);
  for (const version of versions) {
    const { cases, summary } = results[version]!;
    describe(`distribution spec ${version} on ${storage}, ${set}`, () => {
      test('every API and every kind of data was tried', () => {
        expect(Object.keys(summary).length).toBeGreaterThan(40);
        const others = Object.entries(summary).filter(([, status]) => status !== 'Pass');
        expect(others).toEqual([['Sparse Manifests', 'Disabled']]); // Berth refuses them on purpose
      });
      for (const { name, status, output } of cases) {
        test(name, () => {
          if (status !== 'passed') throw new Error(`${status}: ${output.slice(0, 4000)}`);
        });
      }
    });
  }
}

async function runVersions(storage: StorageKind, set: Set): Promise<Record<string, ConformanceResult>> {
  const results: Record<string, ConformanceResult> = {};
  for (const version of versions) {
    const run = set === 'one' ? onOne : onTwoReplicas;
    await run(storage, async ({ admin }, host) => {
      results[version] = await runConformanceSuite({
        version,
        host,
        credentials: admin,
        resultsDirectory: join(resultsRoot, `${storage}-${set.replace(' ', '-')}-${version}`),
      });
    });
  }
  return results;
}

type Work = (berth: Berth, host: string) => Promise<void>;

async function onOne(storage: StorageKind, work: Work): Promise<void> {
  const berth = await startBerth({ storage, workers: 2 });
  try {
    await work(berth, berth.host);
  } finally {
    await berth.stop();
  }
}

async function onTwoReplicas(storage: StorageKind, work: Work): Promise<void> {
  const proxy = await startRecordingProxy();
  const publicUrl = `http://localhost:${proxy.port}`;
  const first = await startBerth({ storage, env: { BERTH_PUBLIC_URL: publicUrl } });
  try {
    const second = await startBerth({ env: { ...first.env, BERTH_PORT: String(await freePort()) } });
    try {
      proxy.targets.push(first.url, second.url);
      await work(first, `localhost:${proxy.port}`);
      const answered = (url: string) => proxy.requests.filter(({ target }) => target === url).length;
      expect(Math.abs(answered(first.url) - answered(second.url))).toBeLessThan(10);
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
    await proxy.close();
  }
}
