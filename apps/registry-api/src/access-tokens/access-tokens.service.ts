import { generateSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { principalName } from '../access/access-facts.js';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { readReach } from '../access/credential-reach.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Conflict, Denied, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { type AccessToken, AccessTokenStore } from './access-token.store.js';
import { creationEntry } from './access-token-creation.js';
import type { NewAccessTokenBody } from './access-tokens.schema.js';
import { MakerReach } from './maker-reach.js';

export interface AccessTokenWithSecret extends AccessToken {
  /** Kept nowhere: this is the only time it is known. */
  readonly secret: string;
}

/** People's own access tokens. Those of others are `NotFound`. */
@Injectable()
export class AccessTokensService {
  constructor(
    @Inject(AccessTokenStore) private readonly accessTokens: AccessTokenStore,
    @Inject(MakerReach) private readonly makerReach: MakerReach,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Throws `RequestInvalid`; `Denied` for who is no person, and for more than the access token in use reaches. */
  async createAccessToken(requester: Requester, body: NewAccessTokenBody): Promise<AccessTokenWithSecret> {
    const ownerId = requireAdministering(requester);
    const reach = readReach(body);
    await this.makerReach.require(requester, reach);
    const secret = generateSecret('pat');
    return this.database.transaction(async (client) => {
      const token = await this.accessTokens.create(client, { ...reach, ownerId, name: body.name, secret });
      await this.audit.record(creationEntry(actorOf(requester, factsOf(requester)), token), client);
      return { ...token, secret };
    });
  }

  async listAccessTokens(requester: Requester, page: CursorPage): Promise<ListPage<AccessToken>> {
    const last = idOfCursor(readCursor(page));
    const found = await this.accessTokens.list(
      { ownerId: ownerOf(requester) },
      { last, limit: page.limit + 1 },
    );
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /** Throws `NotFound`. */
  async findAccessToken(requester: Requester, id: string): Promise<AccessToken> {
    const token = await this.accessTokens.find(id);
    if (!token || token.owner !== principalName(factsOf(requester).principal)) throw new NotFound(notThere);
    return token;
  }

  /**
   * Throws `NotFound`, `Conflict` for one that has expired, `Denied` for one that reaches further than the access
   * token in use.
   */
  async rotateAccessToken(
    requester: Requester,
    id: string,
    { overlapSeconds }: { readonly overlapSeconds: number },
  ): Promise<AccessTokenWithSecret> {
    requireAdministering(requester);
    const token = await this.findAccessToken(requester, id);
    await this.makerReach.require(requester, token);
    const secret = generateSecret('pat');
    await this.database.transaction(async (client) => {
      const isRotated = await this.accessTokens.rotate(client, id, secret, overlapSeconds);
      if (!isRotated) throw new Conflict('This access token counts no more: make a new one.');
      const actor = actorOf(requester, factsOf(requester));
      const details = { name: token.name, overlapSeconds };
      await this.audit.record(
        { actor, action: 'access-token.rotate', object: `access-token:${id}`, details },
        client,
      );
    });
    return { ...(await this.findAccessToken(requester, id)), secret };
  }

  /** It counts no more from the next request on, and nothing that was got with it. Throws `NotFound`. */
  async revokeAccessToken(requester: Requester, id: string): Promise<void> {
    const { name } = await this.findAccessToken(requester, id);
    await this.database.transaction(async (client) => {
      const revoked = await this.accessTokens.revoke(client, [id]);
      if (revoked.length === 0) throw new NotFound(notThere);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record(
        { actor, action: 'access-token.revoke', object: `access-token:${id}`, details: { name } },
        client,
      );
    });
  }
}

const notThere = 'You have no such access token.';

/**
 * Limits to repositories are no hindrance here, as they are to other things of one's account: what is made with a
 * limited access token is limited as well.
 */
function requireAdministering(requester: Requester): string {
  const { scopes } = factsOf(requester);
  if (scopes !== undefined && !scopes.includes('admin')) {
    throw new Denied('This takes the scope admin: use an access token that has it, or sign in.');
  }
  return ownerOf(requester);
}

function ownerOf(requester: Requester): string {
  const { principal } = factsOf(requester);
  if (principal.kind !== 'user') throw new Denied('Only people have access tokens.');
  return principal.id;
}
