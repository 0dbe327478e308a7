import { RequestInvalid } from '../errors/domain-errors.js';
import { isWithin, parseRepositoryLimits } from './repository-limits.js';

/** What a robot may be given. */
export const robotScopes = ['repository:read', 'repository:write', 'repository:delete'] as const;

/** What an access token may be given; `admin`: the settings of all that its owner may set. */
export const accessTokenScopes = [...robotScopes, 'admin'] as const;

export type RobotScope = (typeof robotScopes)[number];
export type AccessTokenScope = (typeof accessTokenScopes)[number];

/** How far a credential reaches at most. What its owner may not do now, it may not do either. */
export interface CredentialReach {
  readonly scopes: readonly string[];
  /** Names and beginnings followed by `*`; undefined = no limit. */
  readonly repositories?: readonly string[];
  /** Undefined = until it is revoked. */
  readonly expiresAt?: Date;
}

/** The same with what the look-up of an access decision reads. */
export interface StoredReach extends CredentialReach {
  readonly likePatterns?: readonly string[];
}

/** Reads what a body asks for. Throws `RequestInvalid` for limits out of grammar and an end that has passed. */
export function readReach(
  body: {
    readonly scopes: readonly string[];
    readonly repositories?: readonly string[] | null;
    readonly expiresAt?: Date | null;
  },
  now = new Date(),
): StoredReach {
  if (body.expiresAt && body.expiresAt <= now) {
    throw new RequestInvalid(`"expiresAt" must lie in the future; ${body.expiresAt.toISOString()} does not.`);
  }
  const limits = body.repositories ? parseRepositoryLimits(body.repositories) : undefined;
  return {
    scopes: [...new Set(body.scopes)],
    repositories: limits?.names,
    likePatterns: limits?.likePatterns,
    expiresAt: body.expiresAt ?? undefined,
  };
}

/**
 * How a credential would reach further than the one it is made with, as a sentence; undefined when it does not.
 * Otherwise a narrow one, once lost, could be widened by its finder.
 */
export function excessOver(maker: CredentialReach, wanted: CredentialReach): string | undefined {
  const excessive = wanted.scopes.filter((scope) => !maker.scopes.includes(scope));
  if (excessive.length > 0) {
    return `The access token that you use has no scope ${excessive.join(', ')}, and can give none: use one that has, or sign in.`;
  }
  if (!isWithin(wanted.repositories, maker.repositories)) {
    return `The access token that you use is limited to ${maker.repositories?.join(', ')}, and can give no more.`;
  }
  if (outlives(wanted.expiresAt, maker.expiresAt)) {
    return `The access token that you use expires at ${maker.expiresAt?.toISOString()}, and can give nothing that lasts longer.`;
  }
  return undefined;
}

function outlives(expiresAt: Date | undefined, limit: Date | undefined): boolean {
  if (limit === undefined) return false;
  return expiresAt === undefined || expiresAt > limit;
}
