import { Command } from 'commander';
import type { Cli } from './berth.js';
import { commands } from './commands/index.js';

/** The command line as a tree; `cli` is made when a command runs, since `--json` decides about it. */
export function createProgram(makeCli: (options: { isJson: boolean }) => Cli): Command {
  const program = new Command('berth')
    .description('Administers a Berth from its machine. Whoever may run this may do everything.')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .showHelpAfterError('("berth help" lists the commands, and "berth help COMMAND" its options)');
  const cli = () => makeCli({ isJson: program.opts<{ json?: boolean }>().json === true });
  for (const add of commands) add(program, cli);
  for (const command of everyCommand(program)) command.copyInheritedSettings(command.parent ?? program);
  return program;
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...everyCommand(child)]);
}
