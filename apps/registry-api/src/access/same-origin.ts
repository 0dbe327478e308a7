import type { Request } from 'express';
import type { Env } from '../env.js';
import { Denied, MediaTypeUnsupported } from '../errors/domain-errors.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps other sites from making changes with what a browser sends by itself: its session cookie, or a password that
 * it remembers for Basic. Every browser names its site in `Origin` or `Sec-Fetch-Site` when it makes a change; what
 * names neither is a program. Bodies must be JSON, which a form of another site cannot send. Reads need no check:
 * the cookie is SameSite=Lax and answers carry no CORS headers.
 */
export function refuseOtherSites(request: Request, env: Env): void {
  if (SAFE_METHODS.has(request.method)) return;
  if (!isSameOrigin(request, env)) {
    throw new Denied(`This request came from another site than ${env.publicUrl.origin}, and is refused.`);
  }
  if (hasBody(request) && !request.is(['json', '+json'])) {
    throw new MediaTypeUnsupported('application/json');
  }
}

function isSameOrigin({ headers }: Request, env: Env): boolean {
  if (headers.origin !== undefined) return headers.origin === env.publicUrl.origin;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
