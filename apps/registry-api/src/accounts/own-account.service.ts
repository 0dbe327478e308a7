import { Inject, Injectable } from '@nestjs/common';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf, factsOf } from '../access/actor.js';
import type { Credential, Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Denied, RequestInvalid } from '../errors/domain-errors.js';
import { SessionsService, type SignInFrom, type StartedSession } from '../sessions/sessions.service.js';
import { AccountChangeStore } from './account-change.store.js';
import { requireStrong } from './password-rule.js';
import { PasswordVerifier } from './password-verifier.js';
import { PasswordWork } from './password-work.js';
import { type Membership, type User, UserStore } from './user.store.js';

/** Who asks, with what. */
export interface Self {
  readonly username: string;
  /** Undefined for a robot. */
  readonly user?: User;
  readonly memberships: readonly Membership[];
  readonly credential: {
    readonly kind: Exclude<Credential['kind'], 'operator'>;
    readonly name: string;
    readonly scopes?: readonly string[];
  };
}

/** One's own account. */
@Injectable()
export class OwnAccount {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(AccountChangeStore) private readonly changes: AccountChangeStore,
    @Inject(PasswordVerifier) private readonly verifier: PasswordVerifier,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async describeSelf(requester: Requester): Promise<Self> {
    const { principal, scopes, credentialName } = factsOf(requester);
    const { kind } = requester.credential;
    if (principal.kind === 'anonymous' || principal.kind === 'operator' || kind === 'operator') {
      throw new Error(`the route lets ${principal.kind} pass`);
    }
    const credential = { kind, name: credentialName, scopes };
    const { username } = principal;
    if (principal.kind === 'robot') {
      return { username, memberships: await this.users.listRobotNamespaces(principal.id), credential };
    }
    const [user, memberships] = await Promise.all([
      this.users.find(username),
      this.users.listMemberships(principal.id),
    ]);
    return { username, user, memberships, credential };
  }

  /** Throws `Conflict` for an address of another account. */
  async changeProfile(requester: Requester, { email }: { readonly email?: string | null }): Promise<void> {
    const facts = factsOf(requester);
    const { id, username } = personOf(facts);
    await this.database.transaction(async (client) => {
      if (email !== undefined) await this.changes.setEmail(client, id, email);
      const actor = actorOf(requester, facts);
      await this.audit.record(
        { actor, action: 'user.change', object: `user:${username}`, details: { email } },
        client,
      );
    });
  }

  /**
   * Ends every session, this one as well; who asked by one gets a new one. The old password is limited as a sign-in
   * is. Throws `Denied` when it is wrong, `RequestInvalid` for a weak new one, `TooManyAttempts`.
   */
  async changePassword(
    requester: Requester,
    { oldPassword, newPassword }: { readonly oldPassword: string; readonly newPassword: string },
    from: SignInFrom,
  ): Promise<StartedSession | undefined> {
    const facts = factsOf(requester);
    const { id, username } = personOf(facts);
    const verified = await this.verifier.verify(username, oldPassword, requester.address, 'password.change');
    if (!verified) throw new Denied('The old password is wrong.');
    requireStrong(newPassword, username);
    if (newPassword === oldPassword) throw new RequestInvalid('The new password is the old one.');
    const passwordHash = await this.passwords.hash(newPassword);
    return this.database.transaction(async (client) => {
      const credentialsVersion = await this.changes.setPassword(client, id, passwordHash);
      const actor = actorOf(requester, facts);
      await this.audit.record({ actor, action: 'password.change', object: `user:${username}` }, client);
      if (requester.presented !== 'session') return undefined;
      return this.sessions.start(client, { id, credentialsVersion }, from);
    });
  }
}

function personOf({ principal }: AccessFacts): { id: string; username: string } {
  if (principal.kind !== 'user') throw new Error('the route lets others than users pass');
  return principal;
}
