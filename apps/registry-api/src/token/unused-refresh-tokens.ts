import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { limits } from '../limits.js';
import { RefreshTokenStore } from './refresh-token.store.js';

/** Clients keep the first refresh token they get and never give it back: one that is not used any more ends by itself. */
@Injectable()
export class UnusedRefreshTokens {
  constructor(
    @Inject(RefreshTokenStore) private readonly refreshTokens: RefreshTokenStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'unused-refresh-tokens',
      title: 'Removes refresh tokens that no client uses any more',
      schedule: '53 * * * *',
      run: async () => ({ removed: await this.sweep() }),
    });
  }

  /** Answers how many were removed. */
  async sweep(): Promise<number> {
    return this.refreshTokens.removeUnused(limits.unusedRefreshTokenSeconds);
  }
}
