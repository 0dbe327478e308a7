import type { Request, Response } from 'express';
import type { Env } from '../env.js';

/** `__Host-` binds the cookie to this host over HTTPS (RFC 6265bis); browsers refuse that prefix over plain HTTP. */
export function sessionCookieName(env: Env): string {
  return isHttps(env) ? '__Host-berth_session' : 'berth_session';
}

/** Readable by no script, sent by no form of another site; `expiresAt` is when the session ends at the latest. */
export function setSessionCookie(response: Response, env: Env, secret: string, expiresAt: Date): void {
  response.cookie(sessionCookieName(env), secret, { ...attributes(env), expires: expiresAt });
}

export function clearSessionCookie(response: Response, env: Env): void {
  response.clearCookie(sessionCookieName(env), attributes(env));
}

/** The values of every session cookie of a request, whatever they are worth. */
export function sessionCookieValues(request: Request, env: Env): string[] {
  const prefix = `${sessionCookieName(env)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
}

function attributes(env: Env) {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(env), path: '/' } as const;
}

function isHttps(env: Env): boolean {
  return env.publicUrl.protocol === 'https:';
}
