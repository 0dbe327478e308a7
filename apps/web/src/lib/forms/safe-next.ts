const ELSEWHERE = 'http://elsewhere.invalid';

/** Where to go after signing in: a path of this Berth, or `/` for anything that a browser would take elsewhere. */
export function safeNext(next: string): string {
  if (!/^\/(?!\/|%2f)/i.test(next) || /[\\\p{Cc}]|%5c/iu.test(next)) return '/';
  const url = URL.parse(next, ELSEWHERE);
  if (url?.origin !== ELSEWHERE || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}
