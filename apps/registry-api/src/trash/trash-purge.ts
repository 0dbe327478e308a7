import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { RepositoryPurgeStore } from './repository-purge.store.js';
import { TrashedManifestStore } from './trashed-manifest.store.js';
import { TrashedMarksStore } from './trashed-marks.store.js';

const MANIFESTS = 100;
const REPOSITORIES = 10;

/** Removes for good what has been in trash for `BERTH_TRASH_DAYS`. What it needed can be collected then. */
@Injectable()
export class TrashPurge {
  constructor(
    @Inject(TrashedManifestStore) private readonly manifests: TrashedManifestStore,
    @Inject(TrashedMarksStore) private readonly marks: TrashedMarksStore,
    @Inject(RepositoryPurgeStore) private readonly repositories: RepositoryPurgeStore,
    @Inject(ENV) private readonly env: Env,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'trash-purge',
      title: `Removes for good what was deleted more than ${env.trashDays} days ago`,
      schedule: '41 * * * *',
      run: async ({ signal }) => ({ removed: await this.sweep(env.trashDays, signal) }),
    });
  }

  /** Answers how many things were removed. Several may sweep at once: what one holds the others skip. */
  async sweep(days: number = this.env.trashDays, signal?: AbortSignal): Promise<number> {
    let removed = await this.marks.purgeNamespacesOver(days);
    for (let purged = MANIFESTS; purged === MANIFESTS; removed += purged) {
      signal?.throwIfAborted();
      purged = await this.manifests.purgeOver(days, MANIFESTS);
    }
    for (let claimed = REPOSITORIES; claimed === REPOSITORIES; removed += claimed) {
      const ids = await this.repositories.claim(days, REPOSITORIES);
      for (const id of ids) {
        signal?.throwIfAborted();
        await this.repositories.remove(id);
      }
      claimed = ids.length;
    }
    return removed;
  }
}
