const ELSEWHERE = 'http://elsewhere.invalid';

/** Where to go after signing in: a path of this Berth, or `/` for anything that a browser would take elsewhere. */
export function safeNext(next: string): string {
  if (!/^\/(?![/\\])/.test(next) || /[\\\p{Cc}]|%5c/iu.test(next)) return '/';
  const url = URL.parse(next, ELSEWHERE);
  return url?.origin === ELSEWHERE ? url.pathname.replace(/^\/+/, '/') + url.search + url.hash : '/';
}
