import type { Request } from 'express';
import passport from 'passport';
import { cookieValues, isCookieValue } from './cookie-values.js';
import { reportOutcome } from './strategy-outcome.js';

/** Undefined: no such session, or it has ended. */
export type VerifySession = (cookieValue: string, request: Request) => Promise<object | undefined>;

/** An opaque session id in a cookie; the session itself is looked up by `verify`. Register it by name. */
export class SessionStrategy extends passport.Strategy {
  override readonly name = 'session';
  private readonly cookieName: string;

  constructor(
    options: { cookieName: string },
    private readonly verify: VerifySession,
  ) {
    super();
    this.cookieName = options.cookieName;
  }

  override authenticate(request: Request): Promise<void> | void {
    const [value, ...others] = cookieValues(request.headers.cookie, this.cookieName);
    if (value === undefined) return this.fail({ kind: 'missing', message: 'not signed in' });
    // Two of one name: another host of the domain may have set one of them, and the browser does not say which.
    if (others.length > 0) return this.fail({ kind: 'malformed', message: 'more than one session cookie' });
    if (!isCookieValue(value)) return this.fail({ kind: 'malformed', message: 'unreadable session cookie' });
    return reportOutcome(this, () => this.verify(value, request), 'the session has ended; sign in again');
  }
}
