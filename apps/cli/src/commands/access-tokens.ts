import { accessTokenScopes } from '../../../registry-api/src/access/credential-reach.js';
import { AccessTokenAdministration } from '../../../registry-api/src/access-tokens/access-token-administration.service.js';
import {
  toAnswerWithSecret,
  toOwnedAnswer,
} from '../../../registry-api/src/access-tokens/access-token-answers.js';
import { AccessTokensModule } from '../../../registry-api/src/access-tokens/access-tokens.module.js';
import { newAccessTokenSchema } from '../../../registry-api/src/access-tokens/access-tokens.schema.js';
import { cursorPageSchema } from '../../../registry-api/src/http/cursor-page.js';
import type { Cli } from '../berth.js';
import { allPages } from '../output.js';
import { valid } from '../values.js';
import { type CredentialOptions, credentialBody, withCredentialOptions } from './credential-options.js';
import type { AddCommand } from './index.js';
import { revocation } from './revocation.js';

export const addAccessTokens: AddCommand = (program, cli) => {
  const tokens = program.command('access-tokens').description('access tokens of people');
  tokens
    .command('list')
    .description('newest first; never the secrets, which Berth does not have')
    .option('--owner <username>', 'of this user only')
    .option('--unused-days <days>', 'only those that nobody has used for so many days', Number)
    .action((options: ListOptions) => listTokens(cli(), options));
  withCredentialOptions(
    tokens
      .command('create <name>')
      .description('makes an access token for a user; its secret is shown once')
      .requiredOption('--owner <username>', 'whose it is'),
    accessTokenScopes,
  ).action((name: string, options: CreateOptions) => createToken(cli(), name, options));
  tokens
    .command('revoke <id...>')
    .description('they count no more from the next request on')
    .action((ids: string[]) =>
      revocation(cli(), 'access token', ids, [AccessTokensModule], (berth, wanted) =>
        berth.get(AccessTokenAdministration).revokeAccessTokens(berth.operator, wanted),
      ),
    );
};

interface ListOptions {
  readonly owner?: string;
  readonly unusedDays?: number;
}

interface CreateOptions extends CredentialOptions {
  readonly owner: string;
}

function listTokens({ inBerth, output }: Cli, filter: ListOptions): Promise<void> {
  return inBerth([AccessTokensModule], async (berth) => {
    const administration = berth.get(AccessTokenAdministration);
    const tokens = allPages(async (cursor) => {
      const page = valid(cursorPageSchema, { cursor });
      const { items, nextCursor } = await administration.listAllAccessTokens(filter, page);
      return { items: items.map(toOwnedAnswer), nextCursor };
    });
    await output.list(tokens, [
      ['ID', ({ id }) => id],
      ['OWNER', ({ owner }) => owner],
      ['NAME', ({ name }) => name],
      ['PREFIX', ({ prefix }) => prefix],
      ['SCOPES', ({ scopes }) => scopes.join(' ')],
      ['EXPIRES', ({ expiresAt }) => expiresAt ?? 'never'],
      ['LAST USED', ({ lastUsedAt }) => lastUsedAt ?? 'never'],
    ]);
  });
}

function createToken({ inBerth, output }: Cli, name: string, options: CreateOptions): Promise<void> {
  return inBerth([AccessTokensModule], async (berth) => {
    const body = valid(newAccessTokenSchema, { name, ...credentialBody(options) });
    const administration = berth.get(AccessTokenAdministration);
    const made = toAnswerWithSecret(
      await administration.createAccessTokenFor(berth.operator, options.owner, body),
    );
    output.result({ ...made, owner: options.owner }, () =>
      [`Access token ${made.id} of "${options.owner}", shown this once:`, made.token].join('\n'),
    );
  });
}
