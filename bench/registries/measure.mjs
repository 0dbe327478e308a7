// Each work on each registry in turn, round after round, so that what else the machine does meets all alike.
import { memoryBytes, processorSeconds } from './processes.mjs';
import { isMeasuredOnStore } from './workloads.mjs';

const PATIENCE = 20;

/** @typedef {import('./report.mjs').Measurement} Measurement */
/** @typedef {Omit<import('./workloads.mjs').Target, 'headers' | 'url' | 'seconds' | 'size'> & { label: string, headers: (repository: string) => Promise<Record<string, string>> }} Reader */

/**
 * @param {string} store @param {Reader[]} readers
 * @param {Pick<import('./options.mjs').Wanted, 'chosen' | 'rounds' | 'seconds' | 'size'>} plan
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Measurement[]>} a run that failed is in it with its reason
 */
export async function measureAll(store, readers, plan, progress) {
  /** @type {Measurement[]} */
  const measurements = [];
  for (const workload of plan.chosen.filter((each) => isMeasuredOnStore(each, store))) {
    const measured = readersOf(workload, readers).map((reader) => ({
      reader,
      measurement: newMeasurement(store, workload, reader),
    }));
    for (let round = 0; round < plan.rounds; round++) {
      const first = round % measured.length;
      for (const { reader, measurement } of [...measured.slice(first), ...measured.slice(0, first)]) {
        const said = await runOnce(workload, reader, measurement, { ...plan, store });
        progress.say(`${workload.id.padEnd(16)} ${reader.server.name} (${reader.label}): ${said}`);
      }
    }
    measurements.push(...measured.map(({ measurement }) => measurement));
  }
  return measurements;
}

/** @param {import('./workloads.mjs').Workload} workload @param {Reader[]} readers */
function readersOf({ isWrite, isMeasuredOn }, readers) {
  const able = readers.filter(({ server }) => isMeasuredOn?.(server) ?? true);
  return isWrite ? able.filter((each) => each === able.find(({ server }) => server === each.server)) : able;
}

/** @param {string} store @param {import('./workloads.mjs').Workload} workload @param {Reader} reader @returns {Measurement} */
function newMeasurement(store, { id }, { server, label }) {
  return {
    ...{ store, workload: id, server: server.name, reader: label },
    ...{ results: [], processorSeconds: [], memoryBytes: 0, failures: [] },
  };
}

/**
 * @param {import('./workloads.mjs').Workload} workload @param {Reader} reader @param {Measurement} measurement
 * @param {import('./workloads.mjs').Load} load
 * @returns {Promise<string>} how it went
 */
async function runOnce(workload, reader, measurement, load) {
  const { server, repository } = reader;
  try {
    const headers = await reader.headers(repository(workload.needs ?? 'many'));
    const before = server.pid ? processorSeconds(server.pid) : 0;
    const target = { ...reader, ...load, url: server.url, headers };
    const withinSeconds = 120 + PATIENCE * workload.expectedSeconds(load);
    const result = await withDeadline(workload.run(target), withinSeconds);
    measurement.results.push(result);
    if (server.pid) {
      measurement.processorSeconds.push(processorSeconds(server.pid) - before);
      measurement.memoryBytes = Math.max(measurement.memoryBytes, memoryBytes(server.pid));
    }
    return `${result.toFixed(1)} ${workload.unit}`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    measurement.failures.push(reason);
    const said = server.said().trim().split('\n').slice(-5).join('\n');
    return `FAILED: ${reason}\n${said}`;
  }
}

/** @template T @param {Promise<T>} work @param {number} seconds @returns {Promise<T>} */
function withDeadline(work, seconds) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not done after ${Math.round(seconds)} s`)),
      seconds * 1000,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
