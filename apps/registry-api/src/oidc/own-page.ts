import { isApiPath } from '../http/web-proxy.js';

const MAX_LENGTH = 2000;
const HERE = 'http://here.invalid';

/**
 * The path of one of Berth's own pages, or `otherwise` for what is none and for all that a browser would take
 * elsewhere: `//elsewhere`, `/\elsewhere`, `/.//elsewhere`, and those again in percent signs.
 */
export function ownPage(next: unknown, otherwise = '/'): string {
  if (typeof next !== 'string' || next.length > MAX_LENGTH) return otherwise;
  if (!/^\/(?!\/|%2f)/i.test(next) || /[\\\p{Cc}]|%5c/iu.test(next)) return otherwise;
  const url = URL.parse(next, HERE);
  if (url?.origin !== HERE || url.pathname.startsWith('//')) return otherwise;
  return isApiPath(url.pathname) ? otherwise : url.pathname + url.search + url.hash;
}
