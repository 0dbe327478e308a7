import type { Request } from 'express';
import passport from 'passport';
import { parseAuthorization } from './authorization-header.js';
import { reportOutcome } from './strategy-outcome.js';

/** Undefined: no such user, or not its password. May throw `CredentialsRefused` with a reason that may be told. */
export type VerifyBasic = (
  username: string,
  password: string,
  request: Request,
) => Promise<object | undefined>;

/**
 * User name and password, access token or robot secret in `Authorization: Basic` (RFC 7617). Register it with
 * `passport.use('basic', …)`: Passport copies only named strategies for each request.
 */
export class BasicStrategy extends passport.Strategy {
  override readonly name = 'basic';

  constructor(private readonly verify: VerifyBasic) {
    super();
  }

  override authenticate(request: Request): Promise<void> | void {
    const header = parseAuthorization(request.headers.authorization);
    if (header.scheme === 'malformed' && header.of === 'basic') {
      return this.fail({ kind: 'malformed', message: header.message });
    }
    if (header.scheme !== 'basic')
      return this.fail({ kind: 'missing', message: 'no user name and password' });
    return reportOutcome(
      this,
      () => this.verify(header.username, header.password, request),
      'wrong user name or password',
    );
  }
}
