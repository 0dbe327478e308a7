import type { Request, Response } from 'express';
import type { Env } from '../env.js';

const VALID_MS = 10 * 60 * 1000;

/** Binds a login to the browser that began it; Lax, since the way back is a navigation from the provider's site. */
export function setLoginCookie(response: Response, env: Env, secret: string): void {
  response.cookie(cookieName(env), secret, { ...attributes(env), maxAge: VALID_MS });
}

export function clearLoginCookie(response: Response, env: Env): void {
  response.clearCookie(cookieName(env), attributes(env));
}

/** Undefined without one, and with several: another host of the domain may have set one of them. */
export function loginCookie(request: Request, env: Env): string | undefined {
  const prefix = `${cookieName(env)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const [only, ...others] = pairs.filter((pair) => pair.startsWith(prefix));
  return others.length > 0 ? undefined : only?.slice(prefix.length);
}

function isHttps(env: Env): boolean {
  return env.publicUrl.protocol === 'https:';
}

function cookieName(env: Env): string {
  return isHttps(env) ? '__Host-berth_oidc' : 'berth_oidc';
}

function attributes(env: Env) {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(env), path: '/' } as const;
}
