import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { ENV, type Env } from '../env.js';
import { type CursorPage, cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import { JobsService } from '../jobs/jobs.service.js';
import { type RecordedRun, RetentionRunStore } from './retention-run.store.js';
import { RETENTION } from './retention-runs.js';

const runIdSchema = z.string().regex(/^[0-9]{1,18}$/);

/** What runs have removed from a repository. */
@Injectable()
export class RetentionHistory {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RetentionRunStore) private readonly records: RetentionRunStore,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The newest first, and when the next comes. Throws what `authorizeApi` throws, and `RequestInvalid`. */
  async listRuns(
    requester: Requester,
    name: RepositoryName,
    page: CursorPage,
  ): Promise<ListPage<RecordedRun> & { nextAt?: Date }> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'manage', this.access.settings);
    const found = await this.records.list(repositoryId, {
      last: readKeyset(page, runIdSchema),
      limit: page.limit + 1,
      days: this.env.trashDays,
    });
    const nextAt = this.jobs.nextTimeOf(RETENTION);
    return { ...cutCursorPage(found, page, ({ id }) => JSON.stringify(id)), nextAt };
  }
}
