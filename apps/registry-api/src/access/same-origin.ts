import type { Request } from 'express';
import type { Env } from '../env.js';

/**
 * Whether a request that a browser sends with its session cookie comes from Berth's own pages. Reads need no check
 * (the cookie is SameSite=Lax and answers carry no CORS headers); a change must name our origin.
 */
export function isSameOrigin(request: Request, env: Env): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const { origin } = request.headers;
  if (origin !== undefined) return origin === env.publicUrl.origin;
  return request.headers['sec-fetch-site'] === 'same-origin';
}
