import type { Env } from '../env.js';

/** `__Host-` binds the cookie to this host over HTTPS (RFC 6265bis); browsers refuse that prefix over plain HTTP. */
export function sessionCookieName(env: Env): string {
  return env.publicUrl.protocol === 'https:' ? '__Host-berth_session' : 'berth_session';
}
