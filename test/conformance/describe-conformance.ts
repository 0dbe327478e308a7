import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startBerth } from '../support/berth-process.js';
import type { StorageKind } from '../support/storage-settings.js';
import { type ConformanceResult, runConformanceSuite } from './run-suite.js';

const versions = ['1.1', 'dev'] as const;
const resultsRoot = join(import.meta.dirname, '../../results/conformance');

/** Runs the suite in each version against Berth, and makes a test of each of its cases. */
export async function describeConformance(storage: StorageKind): Promise<void> {
  const results = await runVersions(storage);
  for (const version of versions) {
    const { cases, summary } = results[version]!;
    describe(`distribution spec ${version} on ${storage}`, () => {
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

async function runVersions(storage: StorageKind): Promise<Record<string, ConformanceResult>> {
  const results: Record<string, ConformanceResult> = {};
  for (const version of versions) {
    const berth = await startBerth({ storage, workers: 2 });
    try {
      results[version] = await runConformanceSuite({
        version,
        host: berth.host,
        credentials: berth.admin,
        resultsDirectory: join(resultsRoot, `${storage}-${version}`),
      });
    } finally {
      await berth.stop();
    }
  }
  return results;
}
