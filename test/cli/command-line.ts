import { join } from 'node:path';
import { type ProgramResult, runAnyway } from '../support/program.js';

const root = join(import.meta.dirname, '../..');

/** The built `berth`, with the variables of some Berth. */
export class CommandLine {
  constructor(private readonly env: Record<string, string>) {}

  run(args: readonly string[], input?: string): Promise<ProgramResult> {
    return runAnyway(process.execPath, ['scripts/berth.mjs', ...args], { cwd: root, env: this.env, input });
  }

  /** What it answers with `--json`. Throws, with what it said, when it ends with another code than wanted. */
  async json<T>(args: readonly string[], code = 0): Promise<T> {
    const { stdout } = await this.expect(['--json', ...args], code);
    return JSON.parse(stdout) as T;
  }

  /** The same of a command that answers a line each. */
  async jsonLines<T>(args: readonly string[], code = 0): Promise<T[]> {
    const { stdout } = await this.expect(['--json', ...args], code);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  }

  private async expect(args: readonly string[], code: number): Promise<ProgramResult> {
    const result = await this.run(args);
    if (result.code === code) return result;
    throw new Error(`berth ${args.join(' ')} ended with ${result.code}\n${result.stdout}${result.stderr}`);
  }
}
