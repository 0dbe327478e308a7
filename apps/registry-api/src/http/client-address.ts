import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Env } from '../env.js';

/** By these the web app proves that it is ours and says whose request it makes. */
export const INTERNAL_SECRET_HEADER = 'x-berth-internal';
export const CLIENT_ADDRESS_HEADER = 'x-berth-client-address';

/**
 * The address of the person or client: of the socket, of what a trusted proxy says (`BERTH_TRUSTED_PROXIES`), or of
 * what our own web app says, which must know the secret.
 */
export function clientAddress(request: Request, env: Pick<Env, 'internalSecret'>): string {
  const named = request.headers[CLIENT_ADDRESS_HEADER];
  if (typeof named === 'string' && isOurWebApp(request, env)) return named;
  return request.ip ?? '';
}

export function isOurWebApp(request: Request, env: Pick<Env, 'internalSecret'>): boolean {
  const secret = request.headers[INTERNAL_SECRET_HEADER];
  if (env.internalSecret === undefined || typeof secret !== 'string') return false;
  const [given, wanted] = [Buffer.from(secret), Buffer.from(env.internalSecret)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
