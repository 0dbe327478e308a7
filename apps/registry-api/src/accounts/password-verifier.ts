import { verifyPassword } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

interface PasswordRow {
  readonly id: string;
  readonly password_hash: string | null;
  readonly credentials_version: number;
}

/** Checks passwords; an unknown user costs one argon2 verification too. */
@Injectable()
export class PasswordVerifier {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined for an unknown user and a wrong password alike. */
  async verify(
    username: string,
    password: string,
    _address: string,
  ): Promise<{ id: string; credentialsVersion: number } | undefined> {
    const [user] = await this.database.query<PasswordRow>(
      'SELECT id, password_hash, credentials_version FROM users WHERE username = $1',
      [username],
      'password',
    );
    const isRight = await verifyPassword(user?.password_hash ?? null, password);
    return user && isRight ? { id: user.id, credentialsVersion: user.credentials_version } : undefined;
  }
}
