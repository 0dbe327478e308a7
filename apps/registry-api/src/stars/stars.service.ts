import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Denied } from '../errors/domain-errors.js';
import { StarStore } from './star.store.js';

/** What people mark as theirs to find again. */
@Injectable()
export class Stars {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(StarStore) private readonly stars: StarStore,
  ) {}

  /** Also when it is starred (or not) already. Throws what `authorizeApi` throws. */
  async setStar(requester: Requester, name: RepositoryName, isStarred: boolean): Promise<void> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'pull', this.access.settings);
    const { principal } = facts;
    if (principal.kind !== 'user') throw new Denied('Only people give stars.');
    await this.database.transaction(async (client) => {
      if (isStarred) await this.stars.add(client, repositoryId, principal.id);
      else await this.stars.remove(client, repositoryId, principal.id);
      const action = isStarred ? 'repository.star' : 'repository.unstar';
      const object = `repository:${name.shown}`;
      await this.audit.record({ actor: actorOf(requester, facts), action, object }, client);
    });
  }
}
