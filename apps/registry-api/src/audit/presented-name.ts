import { isNamespaceName } from '@berth/oci';

/** The name that somebody unknown gave, as the log may have it: what is no name at all may be a secret in the wrong field. */
export function presentedName(username: string | undefined): string {
  if (username === undefined) return 'unknown';
  const isName = isNamespaceName(username) || /^robot\+[a-z0-9._-]+\+[a-z0-9._-]+$/.test(username);
  return isName ? username : 'unknown';
}
