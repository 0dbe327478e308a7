/** What the API says of a sign-in by a provider that came to nothing, in words. */
const sentences: Readonly<Record<string, string>> = {
  oidc_unreachable: 'The sign-in provider does not answer at the moment: try again.',
  oidc_denied: 'The sign-in provider did not let you in, or you turned back.',
  oidc_expired: 'That took more than ten minutes, or another browser: begin again.',
  oidc_failed: 'What the sign-in provider answered does not hold: begin again, or tell an admin.',
  oidc_closed: 'Nobody here has linked this identity: sign in with a password and link it under Password.',
  oidc_disabled: 'This account is disabled: ask an admin.',
  oidc_taken: 'This identity belongs to another account here.',
  oidc_linked: 'This account is linked to another identity of that provider: unlink that first.',
};

/** The sentence for `?error=`; undefined for none, and for what is not ours. */
export function oidcRefusal(error: string | undefined): string | undefined {
  return error === undefined ? undefined : sentences[error];
}
