import type { Request } from 'express';
import passport from 'passport';
import { reportOutcome } from './strategy-outcome.js';

/** Undefined: no such user, or not its password. May throw `CredentialsRefused` with a reason that may be told. */
export type VerifyLocal = (
  username: string,
  password: string,
  request: Request,
) => Promise<object | undefined>;

/** The sign-in form: `{username, password}` in a JSON body that was parsed before. Register it by name. */
export class LocalStrategy extends passport.Strategy {
  override readonly name = 'local';

  constructor(private readonly verify: VerifyLocal) {
    super();
  }

  override authenticate(request: Request): Promise<void> | void {
    const { username, password } = fields(request.body);
    if (username === undefined && password === undefined) {
      return this.fail({ kind: 'missing', message: 'no user name and password' });
    }
    if (typeof username !== 'string' || username === '' || typeof password !== 'string' || password === '') {
      return this.fail({
        kind: 'malformed',
        message: 'username and password have to be texts, and not empty',
      });
    }
    return reportOutcome(this, () => this.verify(username, password, request), 'wrong user name or password');
  }
}

function fields(body: unknown): { username?: unknown; password?: unknown } {
  return typeof body === 'object' && body !== null ? body : {};
}
