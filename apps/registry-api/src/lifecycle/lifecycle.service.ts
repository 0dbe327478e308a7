import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import type { Lifecycle, LifecycleAnswer } from './lifecycle.schema.js';
import { LifecycleStore, type RuledBy } from './lifecycle.store.js';
import { type PatternCoverage, PatternCoverageStore } from './pattern-coverage.store.js';

/** Rules for the tags of a repository, or of all repositories in a namespace. */
@Injectable()
export class LifecycleService {
  constructor(
    @Inject(LifecycleStore) private readonly rules: LifecycleStore,
    @Inject(PatternCoverageStore) private readonly coverage: PatternCoverageStore,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(NamespaceAccess) private readonly namespaces: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Throws what `authorizeApi` throws. */
  async findForRepository(requester: Requester, name: RepositoryName): Promise<LifecycleAnswer> {
    const { repositoryId } = await this.authorize(requester, name);
    return this.rules.findForRepository(repositoryId);
  }

  /** Which tags the patterns cover now. Throws what `authorizeApi` throws. */
  async listCoverage(requester: Requester, name: RepositoryName): Promise<PatternCoverage[]> {
    const { repositoryId } = await this.authorize(requester, name);
    return this.coverage.list(repositoryId);
  }

  /** In place of what was there. Throws what `authorizeApi` throws. */
  async setForRepository(
    requester: Requester,
    name: RepositoryName,
    rules: Lifecycle,
  ): Promise<LifecycleAnswer> {
    const { repositoryId, facts } = await this.authorize(requester, name);
    await this.set(requester, facts, { repositoryId }, `repository:${name.shown}`, rules);
    return this.rules.findForRepository(repositoryId);
  }

  /** Throws what `NamespaceAccess.require` throws. */
  async findForNamespace(requester: Requester, name: string): Promise<LifecycleAnswer> {
    const { id } = await this.namespaces.require(requester, name, 'administer');
    return { own: await this.rules.findForNamespace(id), ofNamespace: null };
  }

  /** In place of what was there. Throws what `NamespaceAccess.require` throws. */
  async setForNamespace(requester: Requester, name: string, rules: Lifecycle): Promise<LifecycleAnswer> {
    const { id, facts } = await this.namespaces.require(requester, name, 'administer');
    await this.set(requester, facts, { namespaceId: id }, `namespace:${name}`, rules);
    return { own: await this.rules.findForNamespace(id), ofNamespace: null };
  }

  private async set(
    requester: Requester,
    facts: AccessFacts,
    of: RuledBy,
    object: string,
    rules: Lifecycle,
  ): Promise<void> {
    const details = {
      immutableTags: rules.immutableTags,
      expiry: rules.expiry ? `${rules.expiry.tags.join(' ')} after ${rules.expiry.after}` : null,
      retention: rules.retention ? JSON.stringify(rules.retention) : null,
    };
    await this.database.transaction(async (client) => {
      await this.rules.set(client, of, rules);
      await this.audit.record(
        { actor: actorOf(requester, facts), action: 'lifecycle.change', object, details },
        client,
      );
    });
  }

  private async authorize(
    requester: Requester,
    name: RepositoryName,
  ): Promise<{ repositoryId: string; facts: AccessFacts }> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'manage', this.access.settings);
    return { repositoryId, facts };
  }
}
