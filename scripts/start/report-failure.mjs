import { StartFailure } from './failure.mjs';

/**
 * Says on standard error why a program ends: one sentence when the reason is known, everything when it is not.
 *
 * @param {unknown} error
 */
export function reportFailure(error) {
  process.exitCode = 1;
  const isKnown =
    error instanceof StartFailure || (error instanceof Error && error.name === 'MigrationRefused');
  console.error(isKnown ? error.message : error);
}
