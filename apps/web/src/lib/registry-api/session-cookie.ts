import 'server-only';
import { cookies } from 'next/headers';

/** Passes the session cookie that the API has answered on to the browser, with the attributes the API chose. */
export async function passCookies(response: Response): Promise<void> {
  const jar = await cookies();
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    jar.set(pair.slice(0, equals), decodeURIComponent(pair.slice(equals + 1)), toOptions(attributes));
  }
}

interface CookieOptions {
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly path: string;
  readonly sameSite: 'lax' | 'strict';
  readonly maxAge?: number;
  readonly expires?: Date;
}

function toOptions(attributes: readonly string[]): CookieOptions {
  const named = new Map(attributes.map((text) => splitAttribute(text)));
  const maxAge = named.get('max-age');
  const expires = named.get('expires');
  return {
    httpOnly: named.has('httponly'),
    secure: named.has('secure'),
    path: named.get('path') ?? '/',
    sameSite: named.get('samesite')?.toLowerCase() === 'strict' ? 'strict' : 'lax',
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
    ...(expires === undefined ? {} : { expires: new Date(expires) }),
  };
}

function splitAttribute(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name.toLowerCase(), value];
}
