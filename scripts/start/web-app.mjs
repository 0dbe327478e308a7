import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { freePort, isAnswered } from './ports.mjs';
import { root } from './root.mjs';

const PAUSE_MILLISECONDS = 1000;
const LONGEST_START_SECONDS = 60;

/**
 * The process that makes the pages, reloading them as they change; until they are finished, `npm run dev` alone starts
 * it. It listens on loopback alone, where the workers find it; they prove to each other
 * by a secret that they belong together. One that ends is replaced.
 */
export class WebApp {
  #isStopping = false;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /** @param {{ port: number, secret: string }} options */
  constructor({ port, secret }) {
    this.port = port;
    this.secret = secret;
  }

  static async prepare() {
    return new WebApp({
      port: await freePort(),
      secret: randomBytes(32).toString('base64url'),
    });
  }

  /** What the workers must know. @returns {Record<string, string>} */
  get environmentOfWorkers() {
    return { BERTH_WEB_URL: `http://127.0.0.1:${this.port}`, BERTH_INTERNAL_SECRET: this.secret };
  }

  /**
   * Answers when it listens.
   *
   * @param {NodeJS.ProcessEnv} environment with what the pages read: the API's address, the public URL
   */
  async start(environment) {
    this.#spawn(environment);
    const isUp = await until(() => isAnswered(this.port, ['127.0.0.1']), {
      withinSeconds: LONGEST_START_SECONDS,
      everyMilliseconds: 50,
    });
    if (!isUp) throw new StartFailure('The web app does not begin to listen.');
  }

  async stop() {
    this.#isStopping = true;
    this.#process?.kill('SIGTERM');
    await until(() => this.#process === undefined, { withinSeconds: 5 });
    this.kill();
  }

  kill() {
    this.#isStopping = true;
    this.#process?.kill('SIGKILL');
  }

  /** @param {NodeJS.ProcessEnv} environment */
  #spawn(environment) {
    const child = fork(fileURLToPath(new URL('./web-process.mjs', import.meta.url)), {
      cwd: path.join(root, 'apps', 'web'),
      // Ctrl-C in a terminal reaches its whole process group; we say when the web app ends.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...environment,
        NODE_ENV: 'development',
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
      console.error(`The web app has ended (${signal ?? `exit code ${code}`}); another one takes its place.`);
      setTimeout(() => this.#isStopping || this.#spawn(environment), PAUSE_MILLISECONDS);
    });
  }
}

/**
 * What the web app reads. It reaches the API over loopback, where a certificate for the public name cannot be checked.
 *
 * @param {import('../../apps/registry-api/src/env.js').Env} env
 * @param {NodeJS.ProcessEnv} environmentOfWorkers @param {number} port
 * @returns {NodeJS.ProcessEnv}
 */
export function webEnvironment(env, environmentOfWorkers, port) {
  const host = ['0.0.0.0', '::', 'localhost'].includes(env.host) ? '127.0.0.1' : env.host;
  const scheme = env.tls ? 'https' : 'http';
  const overTls = env.tls ? { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' } : {};
  const { PATH, HOME, TZ, LANG } = environmentOfWorkers;
  const { BERTH_PUBLIC_URL, BERTH_SIGNUP, BERTH_ANONYMOUS } = environmentOfWorkers;
  return {
    ...{ PATH, HOME, TZ, LANG, BERTH_PUBLIC_URL, BERTH_SIGNUP, BERTH_ANONYMOUS },
    ...overTls,
    BERTH_API_URL: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
  };
}
