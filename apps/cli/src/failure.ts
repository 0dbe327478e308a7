import { InvalidText } from '@berth/oci';
import { BlobStoreError } from '@berth/storage';
import { CommanderError } from 'commander';
import { isDatabaseUnavailable } from '../../registry-api/src/database/database.js';
import { toWireError } from '../../registry-api/src/errors/table.js';

/** How `berth` ends; `docs/cli.md` lists them. */
export const exitCodes = {
  done: 0,
  /** The database or the store is away, or something is wrong with Berth itself. */
  failed: 1,
  /** The command line is not understood. */
  usage: 2,
  notFound: 3,
  /** What was asked for contradicts what is there, or is not valid. */
  refused: 4,
  /** `fsck` found differences. */
  differences: 5,
  interrupted: 130,
} as const;

/** What ends a command, in one sentence for a person. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Ending {
  readonly exitCode: number;
  /** Undefined when all is said already. */
  readonly message?: string;
}

/** How a command ends that has thrown. What nobody expected is said with its stack. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) {
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage };
  }
  if (error instanceof CommandFailure) return { exitCode: error.exitCode, message: error.message };
  if (!(error instanceof Error)) return { exitCode: exitCodes.failed, message: String(error) };
  if (error.name === 'MigrationRefused' || error instanceof BlobStoreError) {
    return { exitCode: exitCodes.failed, message: sentence(error.message) };
  }
  if (error.name === 'BackupRefused') return { exitCode: exitCodes.refused, message: error.message };
  if (error instanceof InvalidText) return { exitCode: exitCodes.refused, message: error.message };
  if (isDatabaseUnavailable(error)) {
    const reason = error.message || String((error as { code?: string }).code);
    return { exitCode: exitCodes.failed, message: `The database cannot be reached (${reason}).` };
  }
  const wire = toWireError(error);
  if (!wire) return { exitCode: exitCodes.failed, message: error.stack ?? error.message };
  if (wire.status === 404) return { exitCode: exitCodes.notFound, message: wire.message };
  return { exitCode: wire.status < 500 ? exitCodes.refused : exitCodes.failed, message: wire.message };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
