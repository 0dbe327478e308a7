import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { requireCounting } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { isAdmin } from '../access/signed-in.js';
import { ENV, type Env } from '../env.js';
import { Denied, Unauthorized } from '../errors/domain-errors.js';
import { SignUpLimit } from './sign-up-limit.js';

/** Who may make accounts: admins, and anybody with `BERTH_SIGNUP=open`. */
@Injectable()
export class AccountAdmission {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(SignUpLimit) private readonly signUps: SignUpLimit,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Throws `Unauthorized`, `Denied`, `TooManyAttempts`. */
  async admit(requester: Requester): Promise<{ facts: AccessFacts; isByAdmin: boolean }> {
    const facts = await this.access.whoIs(requester.credential);
    requireCounting(facts);
    if (isAdmin(facts)) return { facts, isByAdmin: true };
    if (this.env.isSignupOpen) {
      await this.signUps.count(requester.address);
      return { facts, isByAdmin: false };
    }
    if (requester.presented === 'none') throw new Unauthorized([]);
    throw new Denied('Only admins make accounts here: ask one.');
  }
}
