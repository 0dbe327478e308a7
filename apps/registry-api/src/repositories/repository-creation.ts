import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { Denied } from '../errors/domain-errors.js';
import { isReservedName } from '../namespaces/reserved-names.js';
import { RepositoryCreationStore } from './repository-creation.store.js';
import type { Visibility } from './repository-summary.js';

export interface NewRepository {
  readonly name: RepositoryName;
  readonly visibility: Visibility;
  readonly description?: string;
}

/** Makes repositories for principals that `mayCreate` has let pass. */
@Injectable()
export class RepositoryCreation {
  constructor(
    @Inject(RepositoryCreationStore) private readonly repositories: RepositoryCreationStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Makes the repository, and its namespace when an admin names one that does not exist. False when somebody else
   * made it meanwhile. Throws `Denied` for a reserved namespace.
   */
  async create(repository: NewRepository, requester: Requester, facts: AccessFacts): Promise<boolean> {
    const { name, visibility, description } = repository;
    const actor = actorOf(requester, facts);
    return this.database.transaction(async (client) => {
      if (!facts.namespace && (await this.createNamespace(client, name.namespace, facts))) {
        const object = `namespace:${name.namespace}`;
        await this.audit.record({ actor, action: 'namespace.create', object }, client);
      }
      if (!(await this.repositories.create(client, name, visibility, description))) return false;
      const object = `repository:${name.shown}`;
      await this.audit.record(
        { actor, action: 'repository.create', object, details: { visibility } },
        client,
      );
      return true;
    });
  }

  private async createNamespace(
    client: SqlClient,
    name: string,
    { principal }: AccessFacts,
  ): Promise<boolean> {
    if (isReservedName(name))
      throw new Denied(`"${name}" is reserved: choose another first part of the name.`);
    if (principal.kind !== 'user')
      throw new Denied(`There is no namespace "${name}": ask an admin to make it.`);
    return this.repositories.createNamespace(client, name, principal.id);
  }
}
