// What was recorded, in docs/performance.json: a run of some parts replaces these and keeps the others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/start/root.mjs';

const FILE = path.join(root, 'docs', 'performance.json');
const RUNS_KEPT = 3;

/** @typedef {import('./report.mjs').Row} Row */
/** @typedef {import('./studies.mjs').Finding} Finding */

/**
 * @typedef {object} Run under which conditions something was measured
 * @property {string} machine @property {string} date @property {number} rounds @property {number} seconds
 * @property {boolean} isQuick @property {import('./ceilings.mjs').Ceilings} [ceilings]
 */

/** @typedef {Row & { run: Run }} RecordedRow */
/** @typedef {Finding & { run: Run }} RecordedFinding */
/** @typedef {{ rows: RecordedRow[], studies: RecordedFinding[] }} Records */

/** @returns {Records} */
export function readRecords() {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { rows: [], studies: [] };
}

/** @param {{ rounds: number, seconds: number, isQuick: boolean }} wanted @param {import('./ceilings.mjs').Ceilings} [ceilings] @returns {Run} */
export function describeRun({ rounds, seconds, isQuick }, ceilings) {
  const [processor] = cpus();
  const machine = `${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}`;
  return { machine, date: new Date().toISOString().slice(0, 10), rounds, seconds, isQuick, ceilings };
}

/**
 * @param {Records} known @param {{ rows: readonly Row[], studies: readonly Finding[] }} found @param {Run} run
 * @returns {Records} what failed in this run stays as it was before
 */
export function mergeRecords(known, found, run) {
  const rows = new Map(known.rows.map((row) => [keyOf(row), row]));
  for (const row of found.rows) {
    if (row.results.length === 0) continue;
    const before = rows.get(keyOf(row));
    const earlierRatios = ratiosBefore(before, run);
    rows.set(keyOf(row), { ...row, earlierRatios, run });
  }
  const studies = new Map(known.studies.map((study) => [study.id, study]));
  for (const study of found.studies) studies.set(study.id, { ...study, run });
  return { rows: [...rows.values()], studies: [...studies.values()] };
}

/** Ratios of other machines or sizes say nothing about these. @param {RecordedRow | undefined} before @param {Run} run */
function ratiosBefore(before, { machine, isQuick }) {
  if (before?.ratio === undefined) return [];
  if (before.run.machine !== machine || before.run.isQuick !== isQuick) return [];
  return [...(before.earlierRatios ?? []), before.ratio].slice(1 - RUNS_KEPT);
}

/** @param {Records} records */
export function writeRecords(records) {
  writeFileSync(FILE, `${JSON.stringify(records, null, 1)}\n`);
}

/** @param {{ store: string, workload: string, server: string, reader: string }} row */
function keyOf({ store, workload, server, reader }) {
  return [store, workload, server, reader].join('/');
}
