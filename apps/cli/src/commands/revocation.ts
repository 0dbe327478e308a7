import type { Type } from '@nestjs/common';
import { revocationsSchema } from '../../../registry-api/src/access/credential.schema.js';
import type { Berth, Cli } from '../berth.js';
import { CommandFailure, exitCodes } from '../failure.js';
import { valid } from '../values.js';

/** Revokes credentials by id, and says which of them were there. */
export function revocation(
  { inBerth, output }: Cli,
  what: string,
  ids: readonly string[],
  modules: readonly Type[],
  revoke: (berth: Berth, ids: readonly string[]) => Promise<string[]>,
): Promise<void> {
  return inBerth(modules, async (berth) => {
    const revokedIds = await revoke(berth, valid(revocationsSchema, { ids }).ids);
    output.result({ revokedIds }, () => `Revoked: ${revokedIds.join(', ') || 'none'}.`);
    const missing = ids.filter((id) => !revokedIds.includes(id));
    if (missing.length === 0) return;
    throw new CommandFailure(`There is no ${what} ${missing.join(', ')}.`, exitCodes.notFound);
  });
}
