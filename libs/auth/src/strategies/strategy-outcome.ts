import { CredentialsRefused } from '../credentials-refused.js';
import type { AuthenticationFailure } from './authentication-failure.js';

/** The part of Passport's actions that the strategies use; Passport adds them to the strategy for each request. */
export interface StrategyActions {
  success(user: object): void;
  fail(failure: AuthenticationFailure): void;
  error(error: unknown): void;
}

/** Calls exactly one action once `verify` has decided. */
export async function reportOutcome(
  actions: StrategyActions,
  verify: () => Promise<object | undefined>,
  refusal: string,
): Promise<void> {
  let user: object | undefined;
  try {
    user = await verify();
  } catch (error) {
    if (!(error instanceof CredentialsRefused)) return actions.error(error);
    return actions.fail({ kind: 'refused', message: error.message, reason: error.reason });
  }
  if (user) actions.success(user);
  else actions.fail({ kind: 'refused', message: refusal });
}
