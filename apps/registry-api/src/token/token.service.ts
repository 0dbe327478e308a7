import { formatScope, generateSecret, hashSecret, type RegistryTokenClaims } from '@berth/auth';
import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { type AccessFacts, principalName } from '../access/access-facts.js';
import type { Credential } from '../access/credential.js';
import { CredentialUses } from '../access/credential-uses.js';
import { RefusedSignIns } from '../access/refused-sign-ins.js';
import { problemSentence } from '../access/registry-access.js';
import { ENV, type Env } from '../env.js';
import { RequestInvalid, Unauthorized } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { type AskedScope, grantAccess, readAskedScopes, tokenCredential } from './granted-access.js';
import { RefreshTokenStore } from './refresh-token.store.js';
import { SigningKeys } from './signing-keys.service.js';
import type { TokenAnswer } from './token.schema.js';

export interface TokenRequest {
  /** Whom the token is for; this registry when left out. */
  readonly service?: string;
  /** As the client sent it, repeated or space separated. */
  readonly scope?: string | readonly string[];
  /** Whether a refresh token is asked for too. */
  readonly isOffline: boolean;
  /** The client's. */
  readonly address: string;
}

/** Issues registry tokens (Docker registry token specification, and its OAuth2 form). */
@Injectable()
export class TokenService {
  private readonly ownService: string;

  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(SigningKeys) private readonly signingKeys: SigningKeys,
    @Inject(RefreshTokenStore) private readonly refreshTokens: RefreshTokenStore,
    @Inject(CredentialUses) private readonly uses: CredentialUses,
    @Inject(RefusedSignIns) private readonly refusedSignIns: RefusedSignIns,
    @Inject(ENV) env: Env,
  ) {
    this.ownService = env.publicUrl.host;
  }

  /** A token for a credential. Throws `Unauthorized` if it does not count (any more) or for another service. */
  async issueToken(credential: Credential, request: TokenRequest): Promise<TokenAnswer> {
    this.requireOwnService(request);
    const { answer, claims } = await this.issue(credential, request);
    if (!request.isOffline || claims.berth.credential.kind === 'anonymous') return answer;
    const refreshToken = generateSecret('refresh');
    await this.refreshTokens.create(hashSecret(refreshToken), this.ownService, claims.berth.credential);
    return { ...answer, refresh_token: refreshToken };
  }

  /**
   * A token for the credential that a refresh token was got with. The refresh token stays the same, since clients keep
   * the first one they got. Throws `Unauthorized` once it or its credential counts no more.
   */
  async refreshToken(refreshToken: string, request: TokenRequest): Promise<TokenAnswer> {
    this.requireOwnService(request);
    const grant = await this.refreshTokens.use(hashSecret(refreshToken));
    if (grant?.service !== this.ownService) {
      throw new Unauthorized([], undefined, 'This refresh token does not count (any more): log in again.');
    }
    const { answer } = await this.issue(grant.credential, request);
    return { ...answer, refresh_token: refreshToken };
  }

  private async issue(
    credential: Credential,
    { scope, address }: TokenRequest,
  ): Promise<{ answer: TokenAnswer; claims: RegistryTokenClaims }> {
    const asked = readAskedScopes(scope);
    const { requester, factsOn } = await this.lookUp(credential, asked);
    if (requester.credentialProblem) {
      await this.refusedSignIns.note({ credential, facts: requester, address });
      throw new Unauthorized([], undefined, problemSentence(requester.credentialProblem));
    }
    this.uses.note(credential, address);
    const { access, repositories } = grantAccess(asked, factsOn, this.access.settings);
    const claims: RegistryTokenClaims = {
      sub: requester.principal.kind === 'anonymous' ? '' : principalName(requester.principal),
      access,
      berth: { credential: tokenCredential(credential, requester), repositories },
    };
    const { token, issuedAt, expiresInSeconds } = await this.signingKeys.issue(claims);
    if (token.length > limits.tokenBytes) throw new RequestInvalid(tooManyScopes(asked.length));
    const granted = access.filter(({ actions }) => actions.length > 0);
    const answer: TokenAnswer = {
      token,
      access_token: token,
      expires_in: expiresInSeconds,
      issued_at: issuedAt.toISOString(),
      scope: granted.map(formatScope).join(' '),
    };
    return { answer, claims };
  }

  /** Who asks, and the facts on every repository asked for: one round trip. */
  private async lookUp(
    credential: Credential,
    asked: readonly AskedScope[],
  ): Promise<{ requester: AccessFacts; factsOn: (name: RepositoryName) => AccessFacts }> {
    const names = asked.flatMap(({ name }) => name ?? []);
    const all = names.length > 0 ? await this.access.factsOnAll(credential, names) : [];
    const byName = new Map(names.map((name, index) => [name.value, all[index]]));
    const factsOn = (name: RepositoryName): AccessFacts => {
      const facts = byName.get(name.value);
      if (!facts) throw new Error(`no facts were asked for on ${name}`);
      return facts;
    };
    return { requester: all[0] ?? (await this.access.whoIs(credential)), factsOn };
  }

  private requireOwnService({ service }: TokenRequest): void {
    if (service === undefined || service === '' || service === this.ownService) return;
    throw new Unauthorized([], undefined, `Tokens are issued here for the service ${this.ownService} only.`);
  }
}

function tooManyScopes(count: number): string {
  return `A token for these ${count} scopes would have more than ${limits.tokenBytes} bytes and fit into no request: ask for fewer at once.`;
}
