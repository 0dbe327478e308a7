import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inheritedEnvironment } from './inherited-environment.js';

export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Written to the program's standard input, which is then closed. */
  input?: string | Uint8Array;
  /** The program is killed after this time; 300 s by default. */
  deadlineSeconds?: number;
}

/** Runs a program to its end and returns what it said, whatever its exit code. */
export async function runAnyway(
  path: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  const child = spawn(path, args, {
    cwd: options.cwd,
    env: { ...inheritedEnvironment(), ...options.env },
    stdio: 'pipe',
    timeout: (options.deadlineSeconds ?? 300) * 1000,
    killSignal: 'SIGKILL',
  });
  const stdout = collectOutput(child, 'stdout');
  const stderr = collectOutput(child, 'stderr');
  child.stdin.on('error', () => {}); // a program that ends without reading its input
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Runs a program and returns its standard output. Throws, with all it said, unless it ends with 0. */
export async function run(path: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await runAnyway(path, args, options);
  if (result.code !== 0) {
    throw new Error(`${path} ${args.join(' ')}\nended with ${result.code}\n${result.stdout}${result.stderr}`);
  }
  return result.stdout;
}

/** Keeps what a program writes; the returned function gives it so far. */
export function collectOutput(child: ChildProcess, ...streams: ('stdout' | 'stderr')[]): () => string {
  const chunks: Buffer[] = [];
  for (const stream of streams) child[stream]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Asks a program to end and waits for it; kills it after the deadline. Returns its exit code. */
export async function stopProgram(child: ChildProcess, deadlineSeconds = 30): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), deadlineSeconds * 1000);
  await exited;
  clearTimeout(killer);
  return child.exitCode;
}
