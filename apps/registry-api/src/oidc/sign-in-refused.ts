/**
 * Why a sign-in by a provider came to nothing, as the page it ends on is told in `?error=`:
 * - `oidc_unreachable`: the provider does not answer, or not as one;
 * - `oidc_denied`: it did not let the person in, or the person turned back;
 * - `oidc_expired`: begun more than ten minutes ago, in another browser, or finished already;
 * - `oidc_failed`: what the provider answered does not hold;
 * - `oidc_closed`: nobody has linked this identity, and the provider makes no accounts;
 * - `oidc_disabled`: the account is disabled;
 * - `oidc_taken`: the identity to link belongs to another account;
 * - `oidc_linked`: the account is linked to another identity of this provider.
 */
export type SignInRefusal =
  | 'oidc_unreachable'
  | 'oidc_denied'
  | 'oidc_expired'
  | 'oidc_failed'
  | 'oidc_closed'
  | 'oidc_disabled'
  | 'oidc_taken'
  | 'oidc_linked';

/** Where the person goes on from. */
export interface SignInJourney {
  readonly provider: string;
  readonly next: string;
  /** Whether an account was to be linked: then the page that asked for it says what went wrong, not `/login`. */
  readonly isLinking: boolean;
}

/** Answered by a page in words and not by a status: a browser came here, and a person reads it. */
export class SignInRefused extends Error {
  constructor(
    readonly refusal: SignInRefusal,
    readonly journey: SignInJourney,
    options?: ErrorOptions,
  ) {
    super(`sign-in by ${journey.provider}: ${refusal}`, options);
    this.name = 'SignInRefused';
  }
}
