import { generateSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { readReach } from '../access/credential-reach.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { type AccessToken, type AccessTokenFilter, AccessTokenStore } from './access-token.store.js';
import { creationEntry } from './access-token-creation.js';
import type { NewAccessTokenBody } from './access-tokens.schema.js';
import type { AccessTokenWithSecret } from './access-tokens.service.js';

/** Everybody's access tokens, for admins. */
@Injectable()
export class AccessTokenAdministration {
  constructor(
    @Inject(AccessTokenStore) private readonly accessTokens: AccessTokenStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Newest first. Throws `RequestInvalid`. */
  async listAllAccessTokens(filter: AccessTokenFilter, page: CursorPage): Promise<ListPage<AccessToken>> {
    const last = idOfCursor(readCursor(page));
    const found = await this.accessTokens.list(filter, { last, limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /**
   * For another person, who must get the secret from whoever asks for this: at the command line only, since it acts as
   * that person. Throws `RequestInvalid`, `NotFound`.
   */
  async createAccessTokenFor(
    requester: Requester,
    username: string,
    body: NewAccessTokenBody,
  ): Promise<AccessTokenWithSecret> {
    const reach = readReach(body);
    const secret = generateSecret('pat');
    return this.database.transaction(async (client) => {
      const ownerId = await this.accessTokens.findOwner(client, username);
      if (ownerId === undefined) throw new NotFound('There is no such user.');
      const token = await this.accessTokens.create(client, { ...reach, ownerId, name: body.name, secret });
      await this.audit.record(creationEntry(actorOf(requester, factsOf(requester)), token), client);
      return { ...token, secret };
    });
  }

  /** Throws `NotFound`. */
  async revokeAnyAccessToken(requester: Requester, id: string): Promise<void> {
    await this.database.transaction(async (client) => {
      const revokedIds = await this.revoke(client, requester, [id]);
      if (revokedIds.length === 0) throw new NotFound('There is no such access token.');
    });
  }

  /** Answers the ids of those that were still there. */
  async revokeAccessTokens(requester: Requester, ids: readonly string[]): Promise<string[]> {
    return this.database.transaction(async (client) => {
      const revokedIds = await this.revoke(client, requester, ids);
      const actor = actorOf(requester, factsOf(requester));
      const details = { revokedIds };
      await this.audit.record(
        { actor, action: 'access-tokens.revoke', object: 'access-tokens', details },
        client,
      );
      return revokedIds;
    });
  }

  private async revoke(client: SqlClient, requester: Requester, ids: readonly string[]): Promise<string[]> {
    const actor = actorOf(requester, factsOf(requester));
    const revoked = await this.accessTokens.revoke(client, ids);
    for (const { id, owner, name } of revoked) {
      const object = `access-token:${id}`;
      await this.audit.record(
        { actor, action: 'access-token.revoke', object, details: { owner, name } },
        client,
      );
    }
    return revoked.map(({ id }) => id);
  }
}
