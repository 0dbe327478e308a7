/**
 * @typedef {{ kind: string, milliseconds: number, processorMilliseconds: number }} Measurement of one search
 * @typedef {ReturnType<typeof rowsOf>[number]} Row
 */

/** A row for each kind of search, and one for all. @param {readonly Measurement[]} measurements */
export function rowsOf(measurements) {
  const kinds = [...new Set(measurements.map(({ kind }) => kind))];
  return [...kinds, 'all'].map((kind) => {
    const of =
      kind === 'all' ? measurements : measurements.filter((measurement) => measurement.kind === kind);
    return {
      search: kind,
      p50: quantile(of, 'milliseconds', 0.5),
      p95: quantile(of, 'milliseconds', 0.95),
      longest: quantile(of, 'milliseconds', 1),
      busyP50: quantile(of, 'processorMilliseconds', 0.5),
      busyP95: quantile(of, 'processorMilliseconds', 0.95),
      searches: of.length,
    };
  });
}

/** As Markdown. @param {readonly Row[]} rows */
export function tableOf(rows) {
  return [
    '| search | p50 ms | p95 ms | longest ms | processor p50 ms | processor p95 ms | searches |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows.map(
      (row) =>
        `| ${row.search} | ${row.p50} | ${row.p95} | ${row.longest} | ${row.busyP50} | ${row.busyP95} | ${row.searches} |`,
    ),
  ].join('\n');
}

/** @param {readonly Measurement[]} measurements @param {'milliseconds' | 'processorMilliseconds'} of @param {number} share */
export function quantile(measurements, of, share) {
  const sorted = measurements.map((measurement) => measurement[of]).sort((a, b) => a - b);
  return Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
}
