import { passwordWeakness } from '@berth/auth';
import { RequestInvalid } from '../errors/domain-errors.js';

/** Throws `RequestInvalid` with one sentence for a password that is too weak for this user. */
export function requireStrong(password: string, username: string): void {
  const weakness = passwordWeakness(password, { username });
  if (weakness === undefined) return;
  throw new RequestInvalid(`${weakness.charAt(0).toUpperCase()}${weakness.slice(1)}.`, { field: 'password' });
}
