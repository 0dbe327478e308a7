import { hashSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { NotFound } from '../errors/domain-errors.js';
import { AccountChangeStore } from './account-change.store.js';
import { type FoundLink, PasswordLinkStore } from './password-link.store.js';
import { requireStrong } from './password-rule.js';
import { PasswordWork } from './password-work.js';

/** Passwords set by a link that an admin has made. */
@Injectable()
export class LinkedPasswords {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PasswordLinkStore) private readonly links: PasswordLinkStore,
    @Inject(AccountChangeStore) private readonly changes: AccountChangeStore,
    @Inject(PasswordWork) private readonly passwords: PasswordWork,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Whose password a link sets. Throws `NotFound`. */
  async findLink(secret: string): Promise<FoundLink> {
    const link = await this.links.find(hashSecret(secret));
    if (!link) throw linkGone();
    return link;
  }

  /** Uses the link up, and ends what was got with the password before. Throws `NotFound`, `RequestInvalid`. */
  async setPassword(secret: string, password: string, address: string): Promise<void> {
    const { userId, username } = await this.findLink(secret);
    requireStrong(password, username);
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(async (client) => {
      if (!(await this.links.use(client, hashSecret(secret)))) throw linkGone();
      await this.changes.setPassword(client, userId, passwordHash);
      const actor = { name: username, credential: 'password link', address };
      await this.audit.record({ actor, action: 'password.set', object: `user:${username}` }, client);
    });
  }
}

function linkGone(): NotFound {
  return new NotFound('This link was used, has run out or never was: ask an admin for a new one.');
}
