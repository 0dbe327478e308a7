import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { PasswordVerifier } from './password-verifier.js';

/** Removes sessions and links that have run out, and counts of failures that are over: they count for nothing. */
@Injectable()
export class ExpiredSignIns {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(PasswordVerifier) private readonly passwords: PasswordVerifier,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'expired-sign-ins',
      title: 'Removes sessions and password links that have run out',
      schedule: '41 * * * *',
      run: async () => {
        await this.sweep();
        return {};
      },
    });
  }

  async sweep(): Promise<void> {
    await this.sessions.removeExpired();
    await this.passwords.removeOld();
  }
}
