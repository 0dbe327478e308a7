import { isNamespaceName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Actor, AuditAction, AuditDetails } from '../audit/audit-entry.js';
import { presentedName } from '../audit/presented-name.js';
import { Database, type SqlClient } from '../database/database.js';
import { TooManyAttempts } from '../errors/domain-errors.js';
import { PasswordWork } from './password-work.js';
import { type SignInAccount, SignInStore } from './sign-in.store.js';
import { type LimitKey, limitKeys } from './sign-in-limits.js';

export interface VerifiedUser {
  readonly id: string;
  readonly credentialsVersion: number;
  /** The password is right, and counts for nothing. */
  readonly isDisabled: boolean;
}

interface Attempt {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly action: AuditAction;
  readonly limits: readonly LimitKey[];
}

/** Longer than any that can be set. */
const MAX_PASSWORD_LENGTH = 1024;

/**
 * The one place where passwords are checked: for pages, for Basic and for the token service alike. Limits failures
 * over all processes, and records them; an unknown user costs what a wrong password costs.
 */
@Injectable()
export class PasswordVerifier {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SignInStore) private readonly signIns: SignInStore,
    @Inject(PasswordWork) private readonly work: PasswordWork,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Undefined for an unknown user and a wrong password alike. One round trip, two after waiting for its turn; a
   * failure is written down, a success once a minute at most. It is recorded as `action`, but for a success of
   * another one than `password.use`: what comes of that is recorded by who asked. Throws `TooManyAttempts`,
   * `SignInBusy`.
   */
  async verify(
    username: string,
    password: string,
    address: string,
    action: AuditAction = 'password.use',
  ): Promise<VerifiedUser | undefined> {
    const attempt = { username, password, address, action, limits: limitKeys(username, address) };
    const seenBefore = await this.lookUp(attempt);
    return this.work.verifyInTurn(async (verify, hasWaited) => {
      // Of a thousand attempts at once, those that had to wait see what became of the first.
      const account = hasWaited ? await this.lookUp(attempt) : seenBefore;
      const isRight = await verify(account?.passwordHash ?? null, password.slice(0, MAX_PASSWORD_LENGTH));
      if (!account || !isRight) return this.fail(attempt, 'wrong');
      const { id, credentialsVersion, isDisabled } = account;
      if (isDisabled) await this.fail(attempt, 'disabled');
      else if (action === 'password.use') await this.noteUse(account, attempt);
      return { id, credentialsVersion, isDisabled };
    });
  }

  /** For a sign-in that was verified as something else than `password.use`, in the transaction of what came of it. */
  async noteSignIn(client: SqlClient, { id }: VerifiedUser): Promise<void> {
    await this.signIns.noteSignIn(client, id);
  }

  /** Removes counts and links that have run out. */
  async removeOld(): Promise<void> {
    await this.signIns.removeOld();
  }

  private async lookUp({ username, limits }: Attempt): Promise<SignInAccount | undefined> {
    // Postgres takes no NUL; no account has a name that is none.
    const name = isNamespaceName(username) ? username : '';
    const { account, retryAfterSeconds } = await this.signIns.lookUp(name, limits);
    if (retryAfterSeconds !== undefined) throw new TooManyAttempts(retryAfterSeconds);
    return account;
  }

  private async fail(attempt: Attempt, reason: 'wrong' | 'disabled'): Promise<undefined> {
    const { action, limits } = attempt;
    await this.database.transaction(async (client) => {
      const limitsReached = await this.signIns.countFailure(client, limits);
      const details: AuditDetails = { reason, ...(limitsReached.length > 0 ? { limitsReached } : {}) };
      const actor = actorOf(attempt);
      await this.audit.record(
        { actor, action, object: `user:${actor.name}`, result: 'refused', details },
        client,
      );
    });
    return undefined;
  }

  private async noteUse({ id, isSignInDue }: SignInAccount, attempt: Attempt): Promise<void> {
    if (!isSignInDue) return;
    await this.database.transaction(async (client) => {
      if (!(await this.signIns.noteSignIn(client, id))) return;
      const actor = actorOf(attempt);
      await this.audit.record({ actor, action: attempt.action, object: `user:${actor.name}` }, client);
    });
  }
}

function actorOf({ username, address }: Attempt): Actor {
  return { name: presentedName(username), credential: 'password', address };
}
