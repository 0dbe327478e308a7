import type { Command } from 'commander';
import type { Cli } from '../berth.js';
import { addAccessTokens } from './access-tokens.js';
import { addBackup } from './backup.js';
import { addFsck } from './fsck.js';
import { addGc } from './gc.js';
import { addMigrate } from './migrate.js';
import { addQuotas } from './quotas.js';
import { addRepositories } from './repositories.js';
import { addRetention } from './retention.js';
import { addRobots } from './robots.js';
import { addUsers } from './users.js';

/** Adds one command, or a group of them, to the program: a file each. */
export type AddCommand = (program: Command, cli: () => Cli) => void;

export const commands: readonly AddCommand[] = [
  addUsers,
  addAccessTokens,
  addRobots,
  addRepositories,
  addQuotas,
  addGc,
  addRetention,
  addFsck,
  addBackup,
  addMigrate,
];
