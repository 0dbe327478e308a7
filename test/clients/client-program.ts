import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ToolName, toolPath } from '../../scripts/tools/tools.mjs';
import { type ProgramResult, run, runAnyway } from '../support/program.js';

/** A registry client of the field, with a configuration of its own. */
export interface ClientProgram {
  /** Runs it and returns what it printed; throws with all it said when it fails. */
  (...args: string[]): Promise<string>;
  /** Runs it and gives its exit code too. */
  anyway(...args: string[]): Promise<ProgramResult>;
}

/** Prepares a client to keep its logins below `directory` instead of the user's home. */
export function clientProgram(
  tool: ToolName,
  directory: string,
  env: Record<string, string> = {},
): ClientProgram {
  const configuration = join(directory, `${tool}-configuration`);
  mkdirSync(configuration, { recursive: true });
  const own = {
    HOME: configuration,
    DOCKER_CONFIG: configuration,
    REGISTRY_AUTH_FILE: join(configuration, 'auth.json'),
    HELM_REGISTRY_CONFIG: join(configuration, 'helm.json'),
    ...env,
  };
  const options = { env: own, cwd: directory };
  return Object.assign((...args: string[]) => run(toolPath(tool), args, options), {
    anyway: (...args: string[]) => runAnyway(toolPath(tool), args, options),
  });
}
