import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { until } from './conditions.mjs';
import { Deaths } from './deaths.mjs';
import { StartFailure } from './failure.mjs';
import { answerScrape } from './gathered-metrics.mjs';

const QUICK_DEATHS_AT_START = 3;
const SECONDS_TO_FINISH_REQUESTS = 30;

/** Half of young objects in megabytes: a busy worker would take 64 MiB for them, and is not faster by it. */
const YOUNG_OBJECTS = '--max-semi-space-size=16';

/**
 * Keeps a number of worker processes running, which share the port they listen on. One that ends is replaced; the
 * pause before that doubles while they end soon after they began.
 */
export class Supervisor {
  #isStopping = false;
  #wasEverReady = false;
  #deaths = new Deaths();
  /** Of the code: a worker of an earlier one is not replaced when it ends. */
  #generation = 0;
  /** @type {(failure: StartFailure) => void} */
  #giveUp = () => {};

  /** @param {{ count: number, environment: NodeJS.ProcessEnv }} options */
  constructor({ count, environment }) {
    this.count = count;
    this.environment = environment;
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
      execArgv: [...process.execArgv, YOUNG_OBJECTS],
      args: [],
    });
  }

  /**
   * Answers when every worker listens.
   *
   * @throws {StartFailure} with the workers' own reason when they end again and again before any of them listens
   */
  async start() {
    const failed = new Promise((/** @type {(failure: StartFailure) => void} */ resolve) => {
      this.#giveUp = resolve;
    });
    const ready = Array.from({ length: this.count }, () => this.#fork());
    const failure = await Promise.race([failed, Promise.all(ready).then(() => undefined)]);
    if (failure) throw failure;
  }

  /** Puts new workers in the place of all that run now, which finish what they have begun. */
  async replaceAll() {
    const old = this.#workers();
    const generation = ++this.#generation;
    await Promise.all(Array.from({ length: this.count }, () => this.#fork()));
    if (generation === this.#generation) for (const worker of old) this.#retire(worker);
  }

  /** Lets every worker finish its requests, and ends those that take longer than half a minute. */
  async stop() {
    this.#isStopping = true;
    for (const worker of this.#workers()) this.#retire(worker);
    await until(() => this.#workers().length === 0, { withinSeconds: SECONDS_TO_FINISH_REQUESTS });
    await this.kill();
  }

  /** Ends every worker at once. */
  async kill() {
    this.#isStopping = true;
    for (const worker of this.#workers()) worker.process.kill('SIGKILL');
    await until(() => this.#workers().length === 0, { withinSeconds: 10 });
  }

  #workers() {
    return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  }

  /** @param {import('node:cluster').Worker} worker */
  #retire(worker) {
    if (worker.isConnected()) worker.send({ type: 'shutdown' }, () => {});
  }

  /** @returns {Promise<void>} settles when the worker, or the one that has replaced it, listens */
  #fork() {
    const worker = cluster.fork(this.environment);
    const generation = this.#generation;
    const began = performance.now();
    /** @type {string | undefined} */
    let reason;
    return new Promise((resolve) => {
      worker.on('message', (message) => {
        if (message?.type === 'failed') reason = message.reason;
        if (message?.type === 'metrics') answerScrape(worker, message.id);
        if (message?.type !== 'ready') return;
        this.#wasEverReady = true;
        resolve();
      });
      worker.once('exit', (code, signal) => {
        if (this.#isStopping || generation !== this.#generation) return resolve();
        const how = signal ?? `exit code ${code}`;
        this.#deaths.record({ began, wasEverReady: this.#wasEverReady });
        if (!this.#wasEverReady && this.#deaths.quick >= QUICK_DEATHS_AT_START) {
          return this.#giveUp(new StartFailure(`The workers end as soon as they begin: ${reason ?? how}`));
        }
        this.#sayReplaced(worker, reason ? `${how}: ${reason}` : how);
        setTimeout(
          () => resolve(this.#isStopping ? undefined : this.#fork()),
          this.#deaths.pauseMilliseconds,
        );
      });
    });
  }

  /** @param {import('node:cluster').Worker} worker @param {string} how */
  #sayReplaced(worker, how) {
    console.error(
      `Worker ${worker.process.pid} has ended (${how}); another one takes its place${this.#deaths.when}.`,
    );
  }
}
