import passport from 'passport';
import type { AuthenticationFailure } from './authentication-failure.js';

export interface Outcome {
  readonly user?: unknown;
  readonly failure?: AuthenticationFailure;
  readonly error?: unknown;
}

/** Sends one request through a real Passport that knows only this strategy, by its name. */
export function drive(
  strategy: passport.Strategy & { readonly name: string },
  request: {
    headers?: { authorization?: string; cookie?: string };
    body?: unknown;
    originalUrl?: string;
  },
): Promise<Outcome> {
  const authenticator = new passport.Passport();
  authenticator.use(strategy);
  return new Promise((resolve, reject) => {
    const decide = (error: unknown, user: unknown, failure: AuthenticationFailure) =>
      resolve(error ? { error } : user ? { user } : { failure });
    const handler = authenticator.authenticate(strategy.name, { session: false }, decide);
    handler({ headers: {}, ...request }, {}, reject);
  });
}
