/** What an Authorization header holds. */
export type Authorization =
  | { readonly scheme: 'none' }
  | { readonly scheme: 'other' }
  | { readonly scheme: 'basic'; readonly username: string; readonly password: string }
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'malformed'; readonly of: 'basic' | 'bearer'; readonly message: string };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the header strictly (RFC 7617, RFC 6750); the scheme's case does not matter. */
export function parseAuthorization(header: string | undefined): Authorization {
  const text = header?.trim() ?? '';
  if (text === '') return { scheme: 'none' };
  const [scheme = ''] = text.split(' ', 1);
  const credentials = text.slice(scheme.length).trimStart();
  if (/^basic$/i.test(scheme)) return parseBasic(credentials);
  if (/^bearer$/i.test(scheme)) return parseBearer(credentials);
  return { scheme: 'other' };
}

function parseBearer(token: string): Authorization {
  if (BEARER_TOKEN.test(token)) return { scheme: 'bearer', token };
  return { scheme: 'malformed', of: 'bearer', message: 'after "Bearer" one token has to follow' };
}

function parseBasic(credentials: string): Authorization {
  const malformed = (message: string) => ({ scheme: 'malformed', of: 'basic', message }) as const;
  if (!BASE64.test(credentials)) return malformed('the credentials after "Basic" are not base64');
  const text = decodeUtf8(Buffer.from(credentials, 'base64'));
  if (text === undefined) return malformed('user name and password have to be UTF-8');
  const colon = text.indexOf(':');
  if (colon < 0) return malformed('there is no colon between user name and password');
  if (/\p{Cc}/u.test(text)) return malformed('user name and password must not contain control characters');
  return { scheme: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
