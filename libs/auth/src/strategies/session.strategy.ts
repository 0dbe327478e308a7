import type { Request } from 'express';
import passport from 'passport';
import { reportOutcome } from './strategy-outcome.js';

/** Undefined: no such session, or it has ended. */
export type VerifySession = (cookieValue: string, request: Request) => Promise<object | undefined>;

/** What a cookie's value may consist of, without the quotation marks some clients put around (RFC 6265, 4.1.1). */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

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
    const [value, ...others] = cookieValues(request.headers.cookie ?? '', this.cookieName);
    if (value === undefined) return this.fail({ kind: 'missing', message: 'not signed in' });
    // Two of one name: another host of the domain may have set one of them, and the browser does not say which.
    if (others.length > 0) return this.fail({ kind: 'malformed', message: 'more than one session cookie' });
    if (!COOKIE_VALUE.test(value))
      return this.fail({ kind: 'malformed', message: 'unreadable session cookie' });
    return reportOutcome(this, () => this.verify(value, request), 'the session has ended; sign in again');
  }
}

function cookieValues(header: string, name: string): string[] {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
