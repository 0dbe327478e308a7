import { isNamespaceName } from '@berth/oci';
import { isReservedName } from '../namespaces/reserved-names.js';

const MAX_LENGTH = 40;
const MOST_NUMBERED = 100;

/** A person as a provider describes it; every field is the provider's word only. */
export interface Described {
  readonly preferredUsername?: string;
  readonly email?: string;
  readonly name?: string;
}

/**
 * The name an account should have: the first of user name, e-mail address (what stands before the @) and full name
 * that has letters or digits, in the grammar of names.
 */
export function wantedUsername({ preferredUsername, email, name }: Described): string {
  for (const text of [preferredUsername, email, name]) {
    const username = toGrammar(text?.split('@', 1)[0] ?? '');
    if (isNamespaceName(username)) return username;
  }
  return 'user';
}

/** That name and, in case it is taken, numbered ones; none that is reserved. */
export function usernameCandidates(wanted: string): string[] {
  const numbered = Array.from({ length: MOST_NUMBERED }, (_, i) => `${wanted}-${i + 2}`);
  return [wanted, ...numbered].filter((name) => !isReservedName(name));
}

function toGrammar(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  return ascii
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]{2,}/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^[._-]|[._-]$/g, '');
}
