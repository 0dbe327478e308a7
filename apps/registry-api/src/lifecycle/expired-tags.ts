import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { ContentRemoval } from '../manifests/content-removal.js';
import { ExpiredTagStore } from './expired-tag.store.js';

const BATCH = 1000;

/** Lets tags end whose time is over, into trash. */
@Injectable()
export class ExpiredTags {
  constructor(
    @Inject(ExpiredTagStore) private readonly expired: ExpiredTagStore,
    @Inject(ContentRemoval) private readonly removal: ContentRemoval,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'tag-expiry',
      title: 'Ends tags whose time is over',
      schedule: '* * * * *',
      run: async ({ signal }) => ({ ended: await this.sweep(signal) }),
    });
  }

  /** Answers how many tags ended. */
  async sweep(signal?: AbortSignal): Promise<number> {
    let ended = 0;
    for (const { repositoryId, repositoryName, tag, digest } of await this.expired.list(BATCH)) {
      signal?.throwIfAborted();
      const repository = { id: repositoryId, name: repositoryName };
      ended += await this.removal.removeTags(repository, digest, [tag], 'expired');
    }
    return ended;
  }
}
