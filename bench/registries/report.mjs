// The rows of a comparison: medians, spread, ratios, shares of the ceilings.
import { aimOf } from './workloads.mjs';

/**
 * @typedef {object} Measurement
 * @property {string} store @property {string} workload id @property {string} server @property {string} reader
 * @property {number[]} results one a round that did not fail @property {string[]} failures
 * @property {number} memoryBytes the most of all rounds, right after the work
 * @property {number[]} processorSeconds one a round
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Half of what lies between the extremes, as a share of the median. @param {readonly number[]} values */
function spread(values) {
  if (median(values) === 0) return 0;
  return (Math.max(...values) - Math.min(...values)) / 2 / median(values);
}

/**
 * @param {Measurement[]} measurements
 * @param {readonly import('./workloads.mjs').Workload[]} workloads @param {import('./ceilings.mjs').Ceilings} ceilings
 */
export function rowsOf(measurements, workloads, ceilings) {
  return measurements.map((measurement) => {
    const workload = workloads.find(({ id }) => id === measurement.workload);
    if (!workload) throw new Error(`there is no work "${measurement.workload}"`);
    const value = median(measurement.results);
    const base = measurements.find(
      ({ store, workload: id, server }) =>
        store === measurement.store && id === workload.id && server.startsWith('Distribution'),
    );
    const ratio = base && median(base.results) > 0 ? value / median(base.results) : undefined;
    const atLeast = measurement.server === 'Berth' ? aimOf(workload, measurement.store) : undefined;
    return {
      ...{ store: measurement.store, workload: workload.id, title: workload.title, unit: workload.unit },
      ...{ server: measurement.server, reader: measurement.reader, failures: measurement.failures },
      results: measurement.results,
      median: value,
      spread: spread(measurement.results),
      ratio,
      atLeast,
      shareOfCeiling: workload.ceiling && value / ceilings[workload.ceiling],
      processorSeconds: median(measurement.processorSeconds),
      memoryBytes: measurement.memoryBytes,
    };
  });
}

/** @typedef {ReturnType<typeof rowsOf>[number] & { earlierRatios?: number[] }} Row */

const COLUMNS = [
  ...['work', 'registry', 'read as', 'median', 'spread', 'ratio', 'aim', 'earlier runs'],
  ...['of the ceiling', 'processor', 'memory'],
];

/** As Markdown. @param {readonly Row[]} rows */
export function tableOf(rows) {
  const alignment = COLUMNS.map((_, index) => (index < 3 ? '---' : '---:'));
  return markdownTable([COLUMNS, alignment, ...rows.map(cellsOf)]);
}

/** @param {readonly (readonly string[])[]} lines head, alignment, rows */
export function markdownTable(lines) {
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

/** @param {Row} row */
function cellsOf(row) {
  const isFailed = row.results.length === 0;
  return [
    row.title,
    row.server,
    row.reader,
    isFailed ? 'failed' : `${shown(row.median)} ${row.unit}`,
    isFailed ? '' : `± ${Math.round(row.spread * 100)} %`,
    row.ratio === undefined || isFailed ? '' : times(row.ratio),
    verdictOf(row),
    (row.earlierRatios ?? []).map(times).join(', '),
    row.shareOfCeiling === undefined || isFailed ? '' : `${Math.round(row.shareOfCeiling * 100)} %`,
    row.processorSeconds === 0 ? '' : `${row.processorSeconds.toFixed(1)} s`,
    row.memoryBytes === 0 ? '' : `${Math.round(row.memoryBytes / 2 ** 20)} MiB`,
  ];
}

/** @param {Row} row */
function verdictOf({ atLeast, ratio }) {
  if (atLeast === undefined) return '';
  if (ratio === undefined) return `${atLeast} ×`;
  return `${atLeast} × ${ratio >= atLeast ? 'reached' : '**missed**'}`;
}

/** @param {number} ratio */
const times = (ratio) => `${ratio.toFixed(2)} ×`;

/** @param {number} value */
function shown(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
