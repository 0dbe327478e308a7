import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { RepositoryPurgeStore } from './repository-purge.store.js';
import { TrashedManifestStore } from './trashed-manifest.store.js';
import { TrashedMarksStore } from './trashed-marks.store.js';

const SWEEP_EVERY_MS = 60 * 60 * 1000;
const MANIFESTS = 100;
const REPOSITORIES = 10;

/** Removes for good what has been in trash for `BERTH_TRASH_DAYS`. What it needed can be collected then. */
@Injectable()
export class TrashPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(TrashedManifestStore) private readonly manifests: TrashedManifestStore,
    @Inject(TrashedMarksStore) private readonly marks: TrashedMarksStore,
    @Inject(RepositoryPurgeStore) private readonly repositories: RepositoryPurgeStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENV) private readonly env: Env,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers how many things were removed. Several replicas may sweep at once: what one holds the others skip. */
  async sweep(days: number = this.env.trashDays): Promise<number> {
    const namespaces = await this.marks.purgeNamespacesOver(days);
    let removed = namespaces;
    for (;;) {
      const purged = await this.manifests.purgeOver(days, MANIFESTS);
      removed += purged;
      if (purged < MANIFESTS) break;
    }
    for (;;) {
      const claimed = await this.repositories.claim(days, REPOSITORIES);
      for (const id of claimed) await this.repositories.remove(id);
      removed += claimed.length;
      if (claimed.length < REPOSITORIES) return removed;
    }
  }

  private async sweepQuietly(): Promise<void> {
    try {
      const removed = await this.sweep();
      if (removed > 0) this.logger.info({ removed }, 'trash emptied of what is too old');
    } catch (error) {
      this.logger.warn({ err: error }, 'trash could not be emptied; tried again in an hour');
    }
  }
}
