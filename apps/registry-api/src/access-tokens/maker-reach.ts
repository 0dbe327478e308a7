import { Inject, Injectable } from '@nestjs/common';
import { factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { type CredentialReach, excessOver } from '../access/credential-reach.js';
import { Denied } from '../errors/domain-errors.js';
import { AccessTokenStore } from './access-token.store.js';

/** Keeps an access token from making, or getting the secret of, what reaches further than itself. */
@Injectable()
export class MakerReach {
  constructor(@Inject(AccessTokenStore) private readonly accessTokens: AccessTokenStore) {}

  /** Throws `Denied`. Costs a round trip for a requester with an access token, and none for others. */
  async require(requester: Requester, wanted: CredentialReach): Promise<void> {
    if (requester.credential.kind !== 'access_token') return;
    const { credentialId } = factsOf(requester);
    const maker = credentialId === undefined ? undefined : await this.accessTokens.find(credentialId);
    if (!maker) throw new Denied('The access token that you use has just been revoked.');
    const excess = excessOver(maker, wanted);
    if (excess) throw new Denied(excess);
  }
}
