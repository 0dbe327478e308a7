import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi, requireCounting } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { mayCreate, mayCreatePublic } from '../access/policy.js';
import { authorize, type RegistryRequest } from '../access/registry-access.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { Conflict, Denied, NameUnknown, NotFound, Unauthorized } from '../errors/domain-errors.js';
import { type RepositoryChanges, RepositoryStore } from './repository.store.js';
import { type NewRepository, RepositoryCreation } from './repository-creation.js';
import { type FoundRepository, ShownRepositories } from './shown-repositories.service.js';

/** A push that the requester may make: into a repository that is there, or one that the push makes. */
export interface PushPermit {
  readonly request: RegistryRequest;
  readonly facts: AccessFacts;
  readonly isNew: boolean;
}

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
    @Inject(RepositoryStore) private readonly repositories: RepositoryStore,
    @Inject(RepositoryCreation) private readonly creation: RepositoryCreation,
    @Inject(ShownRepositories) private readonly shown: ShownRepositories,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Decides a push before anything of it is read; one round trip. Throws what `authorize` throws. */
  async permitPush(request: RegistryRequest): Promise<PushPermit> {
    const facts = await this.access.factsOn(request.requester.credential, request.repository.name);
    return { request, facts, isNew: authorize(request, facts, this.access.settings) === 'create' };
  }

  /**
   * The repository of a permitted push, made if it does not exist. No round trip for one that does.
   * Throws `Denied` for a reserved namespace.
   */
  async openForPush({ request, facts, isNew }: PushPermit): Promise<OpenRepository> {
    const { name, asked } = request.repository;
    if (!isNew) return opened(name, facts);
    await this.creation.create({ name, visibility: this.env.defaultVisibility }, request.requester, facts);
    const permitNow = await this.permitPush(request);
    if (permitNow.isNew) throw new NameUnknown(asked);
    return opened(name, permitNow.facts);
  }

  /**
   * Throws `Conflict` for a name that the requester sees to be taken; one taken by what it may not see and one in a
   * namespace that it may not write to are both `Denied`.
   */
  async createRepository(requester: Requester, repository: NewRepository): Promise<FoundRepository> {
    const facts = await this.access.factsOn(requester.credential, repository.name);
    requireCounting(facts);
    if (requester.presented === 'none') throw new Unauthorized([]);
    this.refuseTaken(facts, repository.name);
    if (!mayCreate(facts)) throw new Denied(notCreatable);
    if (
      repository.visibility === 'public' &&
      this.env.defaultVisibility !== 'public' &&
      !mayCreatePublic(facts)
    ) {
      throw new Denied(
        'Only an owner of the namespace makes a repository public: make it private, and ask one.',
      );
    }
    if (await this.creation.create(repository, requester, facts))
      return this.shown.findRepository(requester, repository.name);
    this.refuseTaken(await this.access.factsOn(requester.credential, repository.name), repository.name);
    throw new Denied(notCreatable);
  }

  /** Description and README need `manage`, the visibility `administer`. Throws what `authorizeApi` throws. */
  async changeRepository(
    requester: Requester,
    name: RepositoryName,
    changes: RepositoryChanges,
  ): Promise<FoundRepository> {
    const facts = await this.access.factsOn(requester.credential, name);
    const action = changes.visibility === undefined ? 'manage' : 'administer';
    const { repositoryId } = authorizeApi(requester, facts, action, this.access.settings);
    const { readme, ...shown } = changes;
    const entry = {
      actor: actorOf(requester, facts),
      action: 'repository.change',
      object: `repository:${name.shown}`,
      details: { ...shown, ...(readme === undefined ? {} : { isReadmeChanged: true }) },
    } as const;
    await this.database.transaction(async (client) => {
      if (!(await this.repositories.change(client, repositoryId, changes))) throw new NotFound();
      await this.audit.record(entry, client);
    });
    return this.shown.findRepository(requester, name);
  }

  /** Into trash, with all that is in it; answers its id there. Throws what `authorizeApi` throws. */
  async deleteRepository(requester: Requester, name: RepositoryName): Promise<string> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'delete', this.access.settings);
    const actor = actorOf(requester, facts);
    await this.database.transaction(async (client) => {
      if (!(await this.repositories.delete(client, repositoryId, actor.name))) throw new NotFound();
      const object = `repository:${name.shown}`;
      await this.audit.record({ actor, action: 'repository.delete', object }, client);
    });
    return repositoryId;
  }

  private refuseTaken(facts: AccessFacts, name: RepositoryName): void {
    if (this.access.allows(facts, 'pull'))
      throw new Conflict(`There is a repository "${name.shown}" already.`);
  }
}

const notCreatable =
  'You may not make repositories in this namespace: ask one of its owners for the right to.';

function opened(name: RepositoryName, facts: AccessFacts): OpenRepository {
  if (!facts.repository) throw new Error(`an existing repository has no row: ${name}`);
  return { id: facts.repository.id, name, facts };
}
