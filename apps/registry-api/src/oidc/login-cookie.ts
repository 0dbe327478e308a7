import type { Response } from 'express';
import type { Env } from '../env.js';

const VALID_MS = 10 * 60 * 1000;

/** Binds a login to the browser that began it; Lax, since the way back is a navigation from the provider's site. */
export function setLoginCookie(response: Response, env: Env, secret: string): void {
  response.cookie(loginCookieName(env), secret, { ...attributes(env), maxAge: VALID_MS });
}

export function clearLoginCookie(response: Response, env: Env): void {
  response.clearCookie(loginCookieName(env), attributes(env));
}

function isHttps(env: Env): boolean {
  return env.publicUrl.protocol === 'https:';
}

export function loginCookieName(env: Env): string {
  return isHttps(env) ? '__Host-berth_oidc' : 'berth_oidc';
}

function attributes(env: Env) {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(env), path: '/' } as const;
}
