import { randomBytes } from 'node:crypto';
import { hashSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { PasswordLinkStore } from './password-link.store.js';

const HOUR_SECONDS = 60 * 60;

/** A link as whoever gets it sees it; the secret in it is kept nowhere. */
export interface NewPasswordLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Makes links to set a password. */
@Injectable()
export class PasswordLinks {
  constructor(
    @Inject(PasswordLinkStore) private readonly links: PasswordLinkStore,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** For a new account a week, so that nobody has to hurry; to get back into one a day. Ends the link of before. */
  async create(
    client: SqlClient,
    userId: string,
    occasion: 'invitation' | 'reset',
  ): Promise<NewPasswordLink> {
    const secret = randomBytes(32).toString('base64url');
    const validSeconds = occasion === 'invitation' ? 7 * 24 * HOUR_SECONDS : 24 * HOUR_SECONDS;
    const expiresAt = await this.links.replace(client, {
      userId,
      secretHash: hashSecret(secret),
      validSeconds,
    });
    // Behind the #, where neither a server's log nor a Referer header gets it.
    return { url: new URL(`/set-password#${secret}`, this.env.publicUrl).href, expiresAt };
  }
}
