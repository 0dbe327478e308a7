import { cookieOf } from '../browser.js';
import type { Credentials } from '../registry-client.js';
import { inStableOrder, withStableFlight } from './flight.js';

/** An answer to somebody without a browser, with what differs from answer to answer taken out. */
export interface FetchedPage {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface FetchOptions {
  /** Of a session; none: anonymous. */
  cookie?: string;
  headers?: Record<string, string>;
  /** A name in the address, which stands in the page too. */
  hide?: string;
}

export async function fetchPage(
  origin: string,
  path: string,
  { cookie, headers, hide }: FetchOptions = {},
): Promise<FetchedPage> {
  const response = await fetch(new URL(path, origin), {
    headers: { Accept: 'text/html', ...(cookie ? { Cookie: cookie } : {}), ...headers },
    redirect: headers?.RSC ? 'follow' : 'manual', // Next adds a checksum of such headers to the address
  });
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  const hideVarying = (text: string) => {
    const withoutNonce = nonce ? text.replaceAll(nonce, 'NONCE') : text;
    const withoutIds = withoutNonce.replace(/"[\w-]{21}[vm]"/g, '"ID"'); // of Next, one for each request
    return hide ? withoutIds.replaceAll(hide, 'NAME') : withoutIds;
  };
  const text = await response.text();
  const isFlight = response.headers.get('content-type')?.startsWith('text/x-component');
  const body = hideVarying(isFlight ? inStableOrder(text) : withStableFlight(text));
  const varying = ['date', 'x-request-id', 'content-length'];
  return {
    status: response.status,
    headers: Object.fromEntries(
      [...response.headers]
        .filter(([name]) => !varying.includes(name))
        .map(([name, value]) => [name, hideVarying(value)]),
    ),
    body,
  };
}

/** The cookie of a new session, as a browser sends it back. */
export async function cookieOfSession(origin: string, credentials: Credentials): Promise<string> {
  const response = await fetch(new URL('/api/v1/sessions', origin), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify(credentials),
  });
  if (response.status !== 201) throw new Error(`the sign-in answered ${response.status}`);
  return cookieOf({ headers: { 'set-cookie': response.headers.getSetCookie() } });
}
