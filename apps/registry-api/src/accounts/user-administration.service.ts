import { randomBytes } from 'node:crypto';
import { isNamespaceName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { Conflict, NotFound, RequestInvalid } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { AccountChangeStore, type LockedUser } from './account-change.store.js';
import { type NewPasswordLink, PasswordLinks } from './password-links.js';
import { PasswordWork } from './password-work.js';
import { type User, type UserFilter, UserStore } from './user.store.js';
import { UserRemovalStore } from './user-removal.store.js';

export interface UserChanges {
  readonly isAdmin?: boolean;
  readonly isDisabled?: boolean;
  readonly email?: string | null;
}

/** What admins do to the accounts of others. */
@Injectable()
export class UserAdministration {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UserStore) private readonly users: UserStore,
    @Inject(AccountChangeStore) private readonly changes: AccountChangeStore,
    @Inject(UserRemovalStore) private readonly removals: UserRemovalStore,
    @Inject(PasswordLinks) private readonly links: PasswordLinks,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** By user name. Throws `RequestInvalid`. */
  async listUsers(filter: UserFilter, page: CursorPage): Promise<ListPage<User>> {
    const found = await this.users.list(filter, { last: readCursor(page), limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ username }) => username);
  }

  /** Throws `NotFound`. */
  async findUser(username: string): Promise<User> {
    const user = isNamespaceName(username) ? await this.users.find(username) : undefined;
    if (!user) throw noSuchUser();
    return user;
  }

  /** Throws `NotFound`, and `Conflict` for what would leave Berth without an admin. */
  async changeUser(requester: Requester, username: string, changes: UserChanges): Promise<User> {
    await this.database.transaction(async (client) => {
      const user = await this.lock(client, username);
      if (changes.isAdmin === false || changes.isDisabled === true) requireOtherAdmin(user);
      if (changes.isAdmin !== undefined) await this.changes.setAdmin(client, user.id, changes.isAdmin);
      if (changes.email !== undefined) await this.changes.setEmail(client, user.id, changes.email);
      if (changes.isDisabled === true && !user.isDisabled) await this.changes.disable(client, user.id);
      if (changes.isDisabled === false) await this.changes.enable(client, user.id);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record(
        { actor, action: 'user.change', object: `user:${username}`, details: { ...changes } },
        client,
      );
    });
    return this.findUser(username);
  }

  /**
   * The user's namespace stays, with all that is in it, as an organization of `owner`. Answers the names of the
   * namespaces that `owner` has got. Throws `NotFound`, `RequestInvalid` for an owner who cannot be one, and
   * `Conflict` for the last admin.
   */
  async deleteUser(requester: Requester, username: string, owner: string): Promise<string[]> {
    return this.database.transaction(async (client) => {
      const user = await this.lock(client, username);
      requireOtherAdmin(user);
      const heirId = isNamespaceName(owner) ? await this.removals.findHeir(client, owner) : undefined;
      if (heirId === undefined || heirId === user.id) {
        throw new RequestInvalid(
          `"owner" names another user who gets the namespace "${username}"; "${owner}" cannot.`,
        );
      }
      const namespaces = await this.removals.handOver(client, user, heirId);
      await this.removals.delete(client, user.id);
      const entry = {
        actor: actorOf(requester, factsOf(requester)),
        action: 'user.delete',
        object: `user:${username}`,
        details: { owner, namespaces },
      } as const;
      await this.audit.record(entry, client);
      return namespaces;
    });
  }

  /** The password of now goes on working until the link is used. Throws `NotFound`, `Conflict` for a disabled account. */
  async createPasswordLink(requester: Requester, username: string): Promise<NewPasswordLink> {
    return this.database.transaction(async (client) => {
      const user = await this.lock(client, username);
      if (user.isDisabled) throw new Conflict(`"${username}" is disabled: enable the account first.`);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record({ actor, action: 'password-link.create', object: `user:${username}` }, client);
      return this.links.create(client, user.id, 'reset');
    });
  }

  /**
   * Gives the user a new, generated password, for whoever has the machine and is locked out: ends what was got with
   * the one before, and forgets failed sign-ins. Throws `NotFound`.
   */
  async resetPassword(requester: Requester, username: string): Promise<{ password: string; user: User }> {
    const password = randomBytes(15).toString('base64url');
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(async (client) => {
      const user = await this.lock(client, username);
      await this.changes.setPassword(client, user.id, passwordHash);
      await this.changes.forgetFailedSignIns(client);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record({ actor, action: 'password.set', object: `user:${username}` }, client);
    });
    return { password, user: await this.findUser(username) };
  }

  private async lock(client: SqlClient, username: string): Promise<LockedUser> {
    const user = isNamespaceName(username) ? await this.changes.lock(client, username) : undefined;
    if (!user) throw noSuchUser();
    return user;
  }
}

function requireOtherAdmin({ username, isAdmin, isDisabled, hasOtherAdmin }: LockedUser): void {
  if (!isAdmin || isDisabled || hasOtherAdmin) return;
  throw new Conflict(
    `"${username}" is the last admin who is not disabled: make somebody else an admin first.`,
  );
}

function noSuchUser(): NotFound {
  return new NotFound('There is no such user.');
}
