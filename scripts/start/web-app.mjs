import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './conditions.mjs';
import { Deaths } from './deaths.mjs';
import { StartFailure } from './failure.mjs';
import { freePort } from './ports.mjs';
import { root } from './root.mjs';

const LONGEST_START_SECONDS = 60;
const QUICK_DEATHS_AT_START = 3;
const SECONDS_TO_FINISH_REQUESTS = 5;

/** A file of the web app that it answers without the API. */
const STATIC_FILE = '/icon.svg';

/**
 * Of old objects in megabytes: loaded without a limit, the process grew to 685 MiB, with this one to 350 at 85 % of
 * its rate. Of half of the young ones: without a limit 64 MiB are taken for all of them.
 */
const HEAP_LIMITS = ['--max-old-space-size=256', '--max-semi-space-size=8'];

/**
 * The process that makes the pages: the built app, or in development one that reloads them as they change. It listens
 * on loopback alone, where the workers find it; they prove to each other by a secret that they belong together. One
 * that ends is replaced, and meanwhile the workers go on without pages.
 */
export class WebApp {
  #isStopping = false;
  #wasEverReady = false;
  #deaths = new Deaths();
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /** @param {{ isDevelopment: boolean, port: number, secret: string }} options */
  constructor({ isDevelopment, port, secret }) {
    this.isDevelopment = isDevelopment;
    this.port = port;
    this.secret = secret;
  }

  /** @param {{ isDevelopment: boolean }} options */
  static async prepare({ isDevelopment }) {
    const secret = randomBytes(32).toString('base64url');
    return new WebApp({ isDevelopment, port: await freePort(), secret });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the workers must know. @returns {Record<string, string>} */
  get environmentOfWorkers() {
    return { BERTH_WEB_URL: this.url, BERTH_INTERNAL_SECRET: this.secret };
  }

  /**
   * Answers when it answers.
   *
   * @param {NodeJS.ProcessEnv} environment with what the pages read: the API's address, the public URL
   * @throws {StartFailure} when it ends again and again, or does not begin to answer
   */
  async start(environment) {
    this.#spawn(environment);
    const isSettled = async () => (await this.#answers()) || this.#deaths.quick >= QUICK_DEATHS_AT_START;
    const options = { withinSeconds: LONGEST_START_SECONDS, everyMilliseconds: 50 };
    this.#wasEverReady =
      Boolean(await until(isSettled, options)) && this.#deaths.quick < QUICK_DEATHS_AT_START;
    if (this.#wasEverReady) return;
    this.kill();
    throw new StartFailure('The web app does not begin to answer; why stands above, if it has said so.');
  }

  async stop() {
    this.#isStopping = true;
    this.#process?.kill('SIGTERM');
    await until(() => this.#process === undefined, { withinSeconds: SECONDS_TO_FINISH_REQUESTS });
    this.kill();
  }

  kill() {
    this.#isStopping = true;
    this.#process?.kill('SIGKILL');
  }

  async #answers() {
    try {
      return (await fetch(this.url + STATIC_FILE)).ok;
    } catch {
      return false;
    }
  }

  /** @param {NodeJS.ProcessEnv} environment */
  #spawn(environment) {
    const began = performance.now();
    const child = fork(fileURLToPath(new URL('./web-process.mjs', import.meta.url)), {
      cwd: path.join(root, 'apps', 'web'),
      // Ctrl-C in a terminal reaches its whole process group; we say when the web app ends.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: this.isDevelopment ? [] : HEAP_LIMITS,
      env: {
        ...environment,
        NODE_ENV: this.isDevelopment ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(this.port),
        HOSTNAME: '127.0.0.1',
        BERTH_INTERNAL_SECRET: this.secret,
      },
    });
    this.#process = child;
    child.once('exit', (code, signal) => {
      this.#process = undefined;
      if (this.#isStopping) return;
      this.#deaths.record({ began, wasEverReady: this.#wasEverReady });
      const how = signal ?? `exit code ${code}`;
      console.error(`The web app has ended (${how}); another one takes its place${this.#deaths.when}.`);
      setTimeout(() => this.#isStopping || this.#spawn(environment), this.#deaths.pauseMilliseconds);
    });
  }
}
