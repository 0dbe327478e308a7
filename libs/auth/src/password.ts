import { hash, verify } from '@node-rs/argon2';
import { COMMON_PASSWORDS } from './common-passwords.js';
import { UNKNOWN_USER_HASH } from './unknown-user-hash.js';

/** argon2id, the library's default algorithm, with the OWASP parameters: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MIN_LENGTH = 10;
const MAX_LENGTH = 256;

/** In PHC string format. Runs on the thread pool and takes 19 MiB while it runs. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), COST);
}

/** Costs the same when there is no such user (`hash` null), and is then false. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isMatching = await verify(passwordHash ?? UNKNOWN_USER_HASH, normalized(password));
  return passwordHash !== null && isMatching;
}

/** One sentence on why the password is too weak to be taken; undefined when it is not. */
export function passwordWeakness(password: string, { username }: { username: string }): string | undefined {
  const length = [...password].length;
  if (length < MIN_LENGTH) return `a password needs at least ${MIN_LENGTH} characters`;
  if (length > MAX_LENGTH) return `a password may have at most ${MAX_LENGTH} characters`;
  const lowercase = password.toLowerCase();
  if (lowercase === username.toLowerCase()) return 'the password must not be the user name';
  if (new Set(password).size === 1) return 'the password must not be one character repeated';
  if (COMMON_PASSWORDS.has(lowercase)) return 'this password is one of the first that attackers try';
  return undefined;
}

/** The same password typed on two systems is the same text (NIST SP 800-63B, section 5.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
