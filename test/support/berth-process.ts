import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createDatabase } from './databases.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { inheritedEnvironment } from './inherited-environment.js';
import { descendantsOf, isRunning, killTree, type RunningProcess } from './process-tree.js';
import { collectOutput, stopProgram } from './program.js';
import type { Credentials } from './registry-client.js';
import { type StorageKind, storageSettings } from './storage-settings.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

const root = join(import.meta.dirname, '../..');

export interface BerthOptions {
  /** `filesystem` unless said otherwise. */
  storage?: StorageKind;
  /** Worker processes; 1 unless said otherwise. */
  workers?: number;
  /** `own`: embedded Postgres, as `npm start` gives it. `shared` (default): a new database on the tier's server. */
  postgres?: 'own' | 'shared';
  /** Whether to start the web app as well; not unless said. Its tier has to build it (scripts/test/tiers.mjs). */
  web?: boolean;
  /** More `BERTH_*` variables; they win over the ones above. */
  env?: Record<string, string>;
}

/** A running Berth, started as a person starts it. */
export interface Berth {
  url: string;
  /** `localhost:port`, as a client names the registry. */
  host: string;
  admin: Credentials;
  /** The variables it runs with: for a second replica on the same database and store. */
  env: Record<string, string>;
  /** The worker processes that serve requests. */
  workers(): RunningProcess[];
  /** All it wrote since the (last) start. */
  output(): string;
  /** Ends it as Ctrl-C does. Returns the exit code; the data stays. */
  shutDown(): Promise<number | null>;
  /** Kills every process of it at once, its Postgres too. */
  kill9(): Promise<void>;
  /** Starts it again on the same port and data, and waits until it is ready. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Starts the built application in processes of its own and waits until it is ready. */
export async function startBerth(options: BerthOptions = {}): Promise<Berth> {
  const directory = await temporaryDirectory('instance');
  const database = options.postgres === 'own' ? undefined : await createDatabase(inject('postgresUrl'));
  const admin = { username: 'admin', password: 'correct horse battery' };
  const port = await freePort();
  const env: Record<string, string> = {
    BERTH_PORT: String(port),
    BERTH_DATA_DIR: directory,
    ...(database ? { BERTH_DATABASE_URL: database.url } : {}),
    BERTH_ADMIN_USERNAME: admin.username,
    BERTH_ADMIN_PASSWORD: admin.password,
    BERTH_WORKERS: String(options.workers ?? 1),
    ...storageSettings(options.storage ?? 'filesystem'),
    ...options.env,
  };
  const url = `${env.BERTH_TLS_CERT ? 'https' : 'http'}://127.0.0.1:${env.BERTH_PORT}`;
  const args = options.web ? [] : ['--no-web'];
  let running = await launch(env, url, args);
  const berth: Berth = {
    url,
    host: `localhost:${env.BERTH_PORT}`,
    admin,
    env,
    workers: () => descendantsOf(running.program.pid!).filter(isWorker),
    output: () => running.output(),
    shutDown: () => stopProgram(running.program),
    kill9: () => killEverything(running.program),
    restart: async () => {
      running = await launch(env, url, args);
    },
    stop: async () => {
      await stopProgram(running.program);
      await database?.drop();
      await removeDirectory(directory);
    },
  };
  return berth;
}

async function launch(env: Record<string, string>, url: string, args: string[]) {
  const program = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(program, 'stdout', 'stderr');
  const isReady = async () => {
    if (program.exitCode !== null) return 'ended';
    if (!output().includes('Ctrl-C stops it')) return undefined; // said when the pages answer too
    const response = await fetch(`${url}/readyz`);
    return response.ok ? 'ready' : undefined;
  };
  const outcome = await eventually('Berth is ready', isReady, 120).catch((error: unknown) => {
    killTree(program.pid!);
    throw new Error(`Berth does not get ready:\n${output()}`, { cause: error });
  });
  if (outcome === 'ended') throw new Error(`Berth ended with ${program.exitCode}:\n${output()}`);
  return { program, output };
}

async function killEverything(program: ChildProcess): Promise<void> {
  const pids = descendantsOf(program.pid!).map((process) => process.pid);
  const exited = once(program, 'exit');
  killTree(program.pid!);
  await exited;
  await eventually('every killed process is gone', () => !pids.some(isRunning));
}

function isWorker(process: RunningProcess): boolean {
  return process.command.includes('scripts/start/worker.mjs');
}
