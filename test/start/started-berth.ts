import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { inheritedEnvironment } from '../support/inherited-environment.js';
import { descendantsOf, killTree, type RunningProcess } from '../support/process-tree.js';
import { collectOutput, type ProgramResult, runAnyway, stopProgram } from '../support/program.js';

const root = join(import.meta.dirname, '../..');
const script = 'scripts/start.mjs';

/** A Berth that `npm start`'s script has started, with embedded Postgres. */
export interface StartedBerth {
  program: ChildProcess;
  url: string;
  stdout(): string;
  stderr(): string;
  /** The process below the script: it supervises the workers. */
  supervisor(): RunningProcess;
  workers(): RunningProcess[];
  /** The process that makes the pages; undefined while there is none. */
  web(): RunningProcess | undefined;
  postgres(): RunningProcess;
  /** Ends it as SIGTERM does. Returns the exit code. */
  stop(): Promise<number | null>;
  /** Waits until it has ended by itself. Returns the exit code. */
  ended(): Promise<number | null>;
}

/** Starts Berth on a data directory, by its script or by npm, and waits until it says that it is ready. */
export async function startBerth(
  dataDirectory: string,
  env: Record<string, string | undefined> = {},
  by: 'script' | 'npm' = 'script',
): Promise<StartedBerth> {
  const port = 'BERTH_PORT' in env ? env.BERTH_PORT : String(await freePort());
  const [command, args] = by === 'npm' ? ['npm', ['start']] : [process.execPath, [script]];
  const program = spawn(command, args, {
    cwd: root,
    env: { ...inheritedEnvironment(), BERTH_DATA_DIR: dataDirectory, ...env, BERTH_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collectOutput(program, 'stdout');
  const stderr = collectOutput(program, 'stderr');
  const address = () => /Address +(\S+)/.exec(stdout())?.[1];
  const isSettled = () => program.exitCode !== null || (stdout().includes('Ctrl-C') && address());
  await eventually('Berth is ready', isSettled, 150).catch((error: unknown) => {
    killTree(program.pid!);
    throw new Error(stdout() + stderr(), { cause: error });
  });
  if (program.exitCode !== null) throw new Error(`Berth ended:\n${stdout()}${stderr()}`);
  const below = (part: string) => descendantsOf(program.pid!).filter(({ command }) => command.includes(part));
  return {
    program,
    url: address()!,
    stdout,
    stderr,
    supervisor: () => below('scripts/start/berth.mjs')[0]!,
    workers: () => below('scripts/start/worker.mjs'),
    web: () => below('next-server')[0] ?? below('scripts/start/web-process.mjs')[0],
    postgres: () => below('bin/postgres')[0]!,
    stop: () => stopProgram(program),
    ended: async () => {
      if (program.exitCode === null) await once(program, 'exit');
      return program.exitCode;
    },
  };
}

/** Runs a start that is expected to end by itself. */
export function runStart(env: Record<string, string | undefined>): Promise<ProgramResult> {
  return runAnyway(process.execPath, [script], { cwd: root, env, deadlineSeconds: 150 });
}
