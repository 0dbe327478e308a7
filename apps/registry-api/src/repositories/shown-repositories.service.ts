import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.js';
import type { Requester } from '../access/credential.js';
import type { Action } from '../access/policy.js';
import {
  type CursorPage,
  cutCursorPage,
  type ListPage,
  readCursor,
  readKeyset,
} from '../http/cursor-page.js';
import type { RepositorySummary } from './repository-summary.js';
import { type RepositoryDetails, ShownRepositoryStore } from './shown-repository.store.js';

/** A repository with what the requester may do to it now. */
export interface FoundRepository {
  readonly repository: RepositoryDetails;
  readonly permissions: readonly Action[];
}

const digits = z.string().regex(/^[0-9]{1,18}$/);
const activityKeySchema = z.strictObject({ activeAtMicros: digits, id: digits });

/** Repositories as pages and lists show them. */
@Injectable()
export class ShownRepositories {
  constructor(
    @Inject(ShownRepositoryStore) private readonly repositories: ShownRepositoryStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** Throws what `authorizeApi` throws. */
  async findRepository(requester: Requester, name: RepositoryName): Promise<FoundRepository> {
    const { facts, repository } = await this.repositories.find(requester, name);
    if (!repository) throw new Error(`an existing repository has no row: ${name}`);
    return { repository, permissions: this.access.allowedActions(facts) };
  }

  /** By full name. Throws `Unauthorized`, `RequestInvalid`. */
  async listRepositories(requester: Requester, page: CursorPage): Promise<ListPage<RepositorySummary>> {
    const found = await this.repositories.listByName(requester, {
      last: readCursor(page),
      limit: page.limit + 1,
    });
    return cutCursorPage(found, page, ({ name }) => name.value);
  }

  /** Those in the requester's own namespaces and those granted to it, the last active first. Throws `Unauthorized`, `RequestInvalid`. */
  async listOwnRepositories(requester: Requester, page: CursorPage): Promise<ListPage<RepositorySummary>> {
    const found = await this.repositories.listOwn(requester, {
      last: readKeyset(page, activityKeySchema),
      limit: page.limit + 1,
    });
    const { items, nextCursor } = cutCursorPage(found, page, ({ key }) => JSON.stringify(key));
    return { items: items.map(({ summary }) => summary), nextCursor };
  }
}
