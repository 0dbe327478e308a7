/** What a strategy hands to Passport's `fail`; the guard makes the answer and its challenge of it. */
export interface AuthenticationFailure {
  /** `missing`: no credential of this kind; `malformed`: unreadable; `refused`: read, and does not count. */
  readonly kind: 'missing' | 'malformed' | 'refused';
  /** For people; never says whether a user exists. */
  readonly message: string;
  /** The `reason` of the `CredentialsRefused` that was thrown, if one was. */
  readonly reason?: string;
}
