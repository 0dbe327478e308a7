import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { TooManyAttempts } from '../errors/domain-errors.js';
import { SignInStore } from './sign-in.store.js';
import { signUpLimit } from './sign-in-limits.js';

/** Where anybody may make an account, one address makes a few in a while. */
@Injectable()
export class SignUpLimit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SignInStore) private readonly signIns: SignInStore,
  ) {}

  /** Counts one attempt, whatever becomes of it. Throws `TooManyAttempts`. */
  async count(address: string): Promise<void> {
    const limits = [signUpLimit(address)];
    const { retryAfterSeconds } = await this.signIns.lookUp('', limits);
    if (retryAfterSeconds !== undefined) throw new TooManyAttempts(retryAfterSeconds, 'sign-ups');
    await this.signIns.countFailure(this.database, limits);
  }
}
