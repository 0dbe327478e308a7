import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { AccessFacts } from '../access/access-facts.js';
import { Denied } from '../errors/domain-errors.js';
import { isReservedName } from '../namespaces/reserved-names.js';
import type { Visibility } from './repository.store.js';
import { RepositoryCreationStore } from './repository-creation.store.js';

export interface NewRepository {
  readonly name: RepositoryName;
  readonly visibility: Visibility;
  readonly description?: string;
}

/** Makes repositories for principals that `mayCreate` has let pass. */
@Injectable()
export class RepositoryCreation {
  constructor(@Inject(RepositoryCreationStore) private readonly repositories: RepositoryCreationStore) {}

  /**
   * Makes the repository, and its namespace when an admin names one that does not exist. False when somebody else
   * made it meanwhile. Throws `Denied` for a reserved namespace.
   */
  async create(repository: NewRepository, facts: AccessFacts): Promise<boolean> {
    const { name, visibility, description } = repository;
    if (!facts.namespace) await this.createNamespace(name.namespace, facts);
    return this.repositories.create(name, visibility, description);
  }

  private async createNamespace(name: string, { principal }: AccessFacts): Promise<void> {
    if (isReservedName(name))
      throw new Denied(`"${name}" is reserved: choose another first part of the name.`);
    if (principal.kind !== 'user')
      throw new Denied(`There is no namespace "${name}": ask an admin to make it.`);
    await this.repositories.createNamespace(name, principal.id);
  }
}
