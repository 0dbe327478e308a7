/** What a cookie's value may consist of, without the quotation marks some clients put around (RFC 6265, 4.1.1). */
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** The values of every cookie of one name: another host of the domain may have set a second one. */
export function cookieValues(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

export function isCookieValue(text: string): boolean {
  return COOKIE_VALUE.test(text);
}
