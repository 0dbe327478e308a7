import { type Command, Option } from 'commander';
import { parseDuration } from '../values.js';

/** What access tokens and robots are made with. */
export interface CredentialOptions {
  readonly scope: readonly string[];
  readonly repository?: readonly string[];
  readonly expiresIn?: number;
}

export function withCredentialOptions(command: Command, scopes: readonly string[]): Command {
  const scope = new Option('--scope <scope...>', 'what it allows at most').choices([...scopes]);
  return command
    .addOption(scope.makeOptionMandatory())
    .option('--repository <name...>', 'limits it to these: names, and beginnings followed by *')
    .option('--expires-in <duration>', 'after which it counts no more, such as 90d', parseDuration);
}

/** As a body of the API has them. */
export function credentialBody({ scope, repository, expiresIn }: CredentialOptions) {
  const expiresAt =
    expiresIn === undefined ? undefined : new Date(Date.now() + expiresIn * 1000).toISOString();
  return { scopes: scope, repositories: repository, expiresAt };
}
