import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
import { ENV, type Env } from '../env.js';
import { NameUnknown } from '../errors/domain-errors.js';
import { RepositoryCreation } from './repository-creation.js';

/** A repository that the requester may push to now. */
export interface OpenRepository {
  readonly id: string;
  readonly name: RepositoryName;
  readonly facts: AccessFacts;
}

@Injectable()
export class RepositoriesService {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RepositoryCreation) private readonly creation: RepositoryCreation,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * The repository of a push, made if it does not exist and may be made. One round trip for one that exists.
   * Throws what `authorize` throws, and `Denied` for a reserved namespace.
   */
  async openForPush(request: RegistryRequest): Promise<OpenRepository> {
    const { credential } = request.requester;
    const { name } = request.repository;
    const facts = await this.access.factsOn(credential, name);
    if (authorize(request, facts, this.access.settings) === 'existing') return opened(name, facts);
    await this.creation.create({ name, visibility: this.env.defaultVisibility }, facts);
    const factsNow = await this.access.factsOn(credential, name);
    if (authorize(request, factsNow, this.access.settings) === 'existing') return opened(name, factsNow);
    throw new NameUnknown(request.repository.asked);
  }
}

function opened(name: RepositoryName, facts: AccessFacts): OpenRepository {
  if (!facts.repository) throw new Error(`an existing repository has no row: ${name}`);
  return { id: facts.repository.id, name, facts };
}
