import 'reflect-metadata';
import { type Cli, inBerth, readConfiguration } from './berth.js';
import { CommandFailure, endingOf, exitCodes } from './failure.js';
import { Output } from './output.js';
import { createProgram } from './program.js';

export interface MainOptions {
  /** Where the database is, when the environment does not say so: an embedded one is found or started. */
  readonly findDatabase?: () => Promise<string>;
  /** Where the person is, when this process has left that folder. */
  readonly workingDirectory?: string;
}

/** Runs one command and answers the exit code. Errors are said on standard error. */
export async function main(args: readonly string[], options: MainOptions = {}): Promise<number> {
  let exitCode: number = exitCodes.done;
  const fail = (code: number) => {
    exitCode = code;
  };
  const databaseUrl = async () => readConfiguration().databaseUrl ?? (await findDatabase(options));
  const makeCli = ({ isJson }: { isJson: boolean }): Cli => ({
    output: new Output(isJson),
    workingDirectory: options.workingDirectory ?? process.cwd(),
    databaseUrl,
    inBerth: async (modules, work) => inBerth(await databaseUrl(), modules, work),
    fail,
  });
  try {
    await createProgram(makeCli).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    const ending = endingOf(error);
    if (ending.message) process.stderr.write(`${ending.message}\n`);
    return ending.exitCode;
  }
}

function findDatabase({ findDatabase: find }: MainOptions): Promise<string> {
  if (find) return find();
  throw new CommandFailure(
    'BERTH_DATABASE_URL is not set: give it as the registry API has it.',
    exitCodes.usage,
  );
}
