import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../../scripts/tools/tools.mjs';
import { runAnyway } from '../support/program.js';
import type { Credentials } from '../support/registry-client.js';

/** One request of the suite with what it expected. */
export interface ConformanceCase {
  name: string;
  status: string;
  /** Why it failed, then the requests and answers. */
  output: string;
}

export interface ConformanceResult {
  cases: ConformanceCase[];
  /** Each API and each kind of data → `Pass`, `FAIL`, `Skip`, `Disabled`, `Error`. */
  summary: Record<string, string>;
}

export interface ConformanceRun {
  /** Version of the distribution spec: its release, or its main branch. */
  version: '1.1' | 'dev';
  /** `host:port` of the registry, plain HTTP. */
  host: string;
  credentials: Credentials;
  /** Where the suite leaves results.yaml, junit.xml and report.html. Emptied first. */
  resultsDirectory: string;
}

/** What the suite leaves out unless asked; all but sparse indexes, which Berth refuses on purpose. */
const optionalParts = {
  OCI_API_BLOBS_DIGEST_HEADER: 'true',
  OCI_API_BLOBS_MOUNT_ANONYMOUS: 'true',
  OCI_API_BLOBS_UPLOAD_CANCEL: 'true',
  OCI_API_MANIFESTS_DIGEST_HEADER: 'true',
  OCI_API_MANIFESTS_TAG_PARAM: 'true',
  OCI_DATA_SHA512: 'true',
  OCI_DATA_SPARSE: 'false',
};

/**
 * Runs the spec's own suite. It ends with 0 when it did not understand its configuration, and with 1 when a test
 * failed, so only the files it wrote tell anything; a run that wrote none throws.
 */
export async function runConformanceSuite(run: ConformanceRun): Promise<ConformanceResult> {
  await rm(run.resultsDirectory, { recursive: true, force: true });
  await mkdir(run.resultsDirectory, { recursive: true });
  const { stdout, stderr } = await runAnyway(toolPath('conformance'), [], {
    cwd: run.resultsDirectory, // a configuration file in the current folder would be read
    env: {
      ...optionalParts,
      OCI_VERSION: run.version,
      OCI_REGISTRY: run.host,
      OCI_TLS: 'disabled',
      OCI_REPO1: 'conformance/first',
      OCI_REPO2: 'conformance/second',
      OCI_USERNAME: run.credentials.username,
      OCI_PASSWORD: run.credentials.password,
      OCI_RESULTS_DIR: run.resultsDirectory,
      OCI_LOG: 'error',
    },
    deadlineSeconds: 300,
  });
  const results = join(run.resultsDirectory, 'results.yaml');
  if (!existsSync(results)) throw new Error(`the conformance suite wrote no results:\n${stdout}${stderr}`);
  return {
    cases: casesOf(readFileSync(join(run.resultsDirectory, 'junit.xml'), 'utf8')),
    summary: summaryOf(readFileSync(results, 'utf8')),
  };
}

/** The `apis` and `data` maps at the end of results.yaml, as one. */
function summaryOf(yaml: string): Record<string, string> {
  const maps = yaml.slice(yaml.search(/^apis:/m));
  const lines = [...maps.matchAll(/^ +"?([^":\n]+)"?: (\w+)$/gm)];
  return Object.fromEntries(lines.map(([, name, status]) => [name, status]));
}

/** The suite's junit.xml has no failure elements: a case's status attribute tells. */
function casesOf(junit: string): ConformanceCase[] {
  return [...junit.matchAll(/<testcase ([^>]*)>([\s\S]*?)<\/testcase>/g)].map(([, attributes, body]) => ({
    name: unescapeXml(/name="([^"]*)"/.exec(attributes!)![1]!).replace('OCI Conformance Test/', ''),
    status: /status="([^"]*)"/.exec(attributes!)![1]!,
    output: ['system-out', 'system-err'].map((element) => elementText(body!, element)).join('\n'),
  }));
}

function elementText(xml: string, element: string): string {
  return unescapeXml(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(xml)?.[1] ?? '');
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(#x?[0-9A-Fa-f]+|\w+);/g, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity] ?? whole;
    const isHex = entity[1] === 'x';
    return String.fromCodePoint(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}
