import type { Request } from 'express';
import passport from 'passport';
import { parseAuthorization } from './authorization-header.js';
import { reportOutcome } from './strategy-outcome.js';

/** Undefined: not a token that counts. May throw `CredentialsRefused` (as `InvalidToken`), whose reason is handed on. */
export type VerifyBearer = (token: string, request: Request) => Promise<object | undefined>;

/** A token in `Authorization: Bearer` (RFC 6750, section 2.1), and nowhere else. Register it by name. */
export class BearerStrategy extends passport.Strategy {
  override readonly name = 'bearer';

  constructor(private readonly verify: VerifyBearer) {
    super();
  }

  override authenticate(request: Request): Promise<void> | void {
    const header = parseAuthorization(request.headers.authorization);
    if (header.scheme === 'malformed' && header.of === 'bearer') {
      return this.fail({ kind: 'malformed', message: header.message });
    }
    if (header.scheme !== 'bearer') return this.fail({ kind: 'missing', message: 'no token' });
    return reportOutcome(this, () => this.verify(header.token, request), 'the token is not valid');
  }
}
