// The table of a comparison: medians, spread, ratios, shares of the ceilings.

/**
 * @typedef {object} Measurement
 * @property {string} store @property {string} workload id @property {string} server @property {string} reader
 * @property {number[]} results one a round
 * @property {number} memoryBytes the most of all rounds, right after the work @property {number} processorSeconds of one round
 */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Half of what lies between the extremes, as a share of the median. @param {number[]} values */
function spread(values) {
  const most = Math.max(...values);
  const least = Math.min(...values);
  return median(values) === 0 ? 0 : (most - least) / 2 / median(values);
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
    const ceiling = workload.ceiling
      ? ceilings[/** @type {keyof typeof ceilings} */ (workload.ceiling)]
      : undefined;
    const ratio = base && median(base.results) > 0 ? value / median(base.results) : undefined;
    const isOurs = measurement.server === 'Berth';
    return {
      ...measurement,
      title: workload.title,
      unit: workload.unit,
      median: value,
      spread: spread(measurement.results),
      ratio,
      atLeast: isOurs ? workload.atLeast : undefined,
      isReached: isOurs && workload.atLeast && ratio !== undefined ? ratio >= workload.atLeast : undefined,
      shareOfCeiling: ceiling ? value / ceiling : undefined,
    };
  });
}

/** @typedef {ReturnType<typeof rowsOf>[number]} Row */

/** As Markdown. @param {Row[]} rows */
export function tableOf(rows) {
  const head =
    '| work | registry | read as | median | spread | ratio | aim | of the ceiling | processor | memory |\n|---|---|---|---:|---:|---:|---:|---:|---:|---:|';
  const lines = rows.map((row) => {
    const aim = row.atLeast === undefined ? '' : `${row.atLeast} × ${row.isReached ? 'reached' : 'missed'}`;
    const cells = [
      row.store === 'filesystem' ? row.title : `${row.title} (${row.store})`,
      row.server,
      row.reader,
      `${shown(row.median)} ${row.unit}`,
      `± ${Math.round(row.spread * 100)} %`,
      row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
      aim,
      row.shareOfCeiling === undefined ? '' : `${Math.round(row.shareOfCeiling * 100)} %`,
      row.processorSeconds === 0 ? '' : `${row.processorSeconds.toFixed(1)} s`,
      row.memoryBytes === 0 ? '' : `${Math.round(row.memoryBytes / 2 ** 20)} MiB`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${head}\n${lines.join('\n')}\n`;
}

/** @param {number} value */
function shown(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
