import { type NextRequest, NextResponse } from 'next/server';
import { internalSecret, isDevelopment } from './lib/env';

/** Gives every page its content security policy with a fresh nonce, and keeps caches away from it. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(Buffer.from(crypto.randomUUID()).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-berth-path', visitedPathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'private, no-store');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'same-origin');
  return response;
}

export const config = { matcher: '/((?!_next/static|icon.svg).*)' };

/** The API asks for the page about absent things at an address of its own, and says which one was visited. */
function visitedPathOf({ headers, nextUrl }: NextRequest): string {
  const isByApi = internalSecret !== '' && headers.get('x-berth-internal') === internalSecret;
  return (isByApi && headers.get('x-berth-visited-path')) || nextUrl.pathname + nextUrl.search;
}

/** Next puts the nonce that it finds in the request's policy on every script of the page. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
