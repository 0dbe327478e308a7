import type { Request } from 'express';
import passport from 'passport';
import { cookieValues, isCookieValue } from './cookie-values.js';
import { reportOutcome } from './strategy-outcome.js';

/** What a browser brings back from a provider (RFC 6749, section 4.1.2), and what binds it to how it left. */
export interface AuthorizationResponse {
  readonly state: string;
  /** The secret in the browser's cookie, which the provider never saw. */
  readonly browserSecret: string;
  /** Of the address, with its question mark: whoever exchanges the code checks the rest of it. */
  readonly query: string;
}

/**
 * Undefined: no such login was begun, or it has ended. Otherwise whom the provider has proved, which takes the exchange
 * of the code. What else goes wrong is thrown, and handed on as it is.
 */
export type VerifyAuthorizationResponse = (
  response: AuthorizationResponse,
  request: Request,
) => Promise<object | undefined>;

/**
 * The way back from an OpenID Connect provider, by the authorization code flow (OpenID Connect Core, 3.1.2.5): a code
 * or an error, each with the state of one login that this browser has begun. Register it by name.
 */
export class OidcStrategy extends passport.Strategy {
  override readonly name = 'oidc';
  private readonly cookieName: string;

  constructor(
    options: { cookieName: string },
    private readonly verify: VerifyAuthorizationResponse,
  ) {
    super();
    this.cookieName = options.cookieName;
  }

  override authenticate(request: Request): Promise<void> | void {
    const query = queryOf(request);
    const parameters = new URLSearchParams(query);
    if (!parameters.has('code') && !parameters.has('error')) {
      return this.fail({ kind: 'missing', message: 'no answer of a provider' });
    }
    // RFC 6749, section 3.1: a parameter comes once. Of two states one would be checked and the other one used.
    const state = only(parameters.getAll('state'));
    if (state === undefined || hasRepeated(parameters)) {
      return this.fail({ kind: 'malformed', message: 'each parameter has to come once, and a state' });
    }
    const browserSecret = only(cookieValues(request.headers.cookie, this.cookieName));
    if (browserSecret === undefined || !isCookieValue(browserSecret)) {
      return this.fail({ kind: 'malformed', message: 'not the browser in which this sign-in was begun' });
    }
    return reportOutcome(
      this,
      () => this.verify({ state, browserSecret, query }, request),
      'this sign-in has ended; begin it again',
    );
  }
}

/** As it came: what checks the answer must see what the provider sent. */
function queryOf({ originalUrl }: Request): string {
  return /\?.*$/.exec(originalUrl)?.[0] ?? '';
}

function only(values: readonly string[]): string | undefined {
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}

function hasRepeated(parameters: URLSearchParams): boolean {
  const names = [...parameters.keys()];
  return new Set(names).size !== names.length;
}
