import { InvalidNamespaceName, NamespaceName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { RequestInvalid } from '../errors/domain-errors.js';
import { isReservedName } from '../namespaces/reserved-names.js';
import { AccountAdmission } from './account-admission.js';
import { type NewPasswordLink, PasswordLinks } from './password-links.js';
import { requireStrong } from './password-rule.js';
import { PasswordWork } from './password-work.js';
import { nameTaken, UserStore } from './user.store.js';

export interface WantedUser {
  readonly username: string;
  readonly email?: string;
  readonly password?: string;
}

export interface MadeUser extends Omit<WantedUser, 'password'> {
  readonly createdAt: Date;
  /** By which the password is set that the admin has left out. */
  readonly passwordLink?: NewPasswordLink;
}

/** Makes accounts. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(AccountAdmission) private readonly admission: AccountAdmission,
    @Inject(Database) private readonly database: Database,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(PasswordLinks) private readonly links: PasswordLinks,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * By an admin, or by anybody with `BERTH_SIGNUP=open`. Throws `Unauthorized`, `Denied`; `RequestInvalid` for a name
   * out of grammar and a weak password; `Conflict` alike for a name that is taken, was taken once or is reserved.
   */
  async createUser(requester: Requester, wanted: WantedUser): Promise<MadeUser> {
    const { facts, isByAdmin } = await this.admission.admit(requester);
    const { username, email, password } = wanted;
    requireGrammar(username);
    if (password !== undefined) requireStrong(password, username);
    else if (!isByAdmin) throw new RequestInvalid('A password is needed.', { field: 'password' });
    if (isReservedName(username)) throw nameTaken(username);
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    return this.database.transaction(async (client) => {
      const user = { username, email, passwordHash, isPasswordTemporary: isByAdmin };
      const { id, createdAt } = await this.users.create(client, user);
      const passwordLink =
        password === undefined ? await this.links.create(client, id, 'invitation') : undefined;
      const entry = {
        actor: actorOf(requester, facts),
        action: 'user.create',
        object: `user:${username}`,
        details: { isInvited: passwordLink !== undefined },
      } as const;
      await this.audit.record(entry, client);
      return { username, email, createdAt, passwordLink };
    });
  }
}

function requireGrammar(username: string): void {
  try {
    NamespaceName.parse(username);
  } catch (error) {
    if (!(error instanceof InvalidNamespaceName)) throw error;
    throw new RequestInvalid(error.message, { field: 'username' }, { cause: error });
  }
}
