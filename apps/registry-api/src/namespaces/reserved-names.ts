/** First components of addresses that are Berth's own (`/v2`, `/n/<namespace>`, …), or look as if they were. */
const reserved: ReadonlySet<string> = new Set([
  'admin',
  'anonymous',
  'api',
  'explore',
  'healthz',
  'help',
  'library',
  'login',
  'logout',
  'metrics',
  'n',
  'new',
  'r',
  'readyz',
  'register',
  'robot',
  'search',
  'settings',
  'token',
  'v1',
  'v2',
]);

/**
 * Whether nobody can make a namespace of this name. Those that Berth makes itself (`library`, and the first admin's,
 * often `admin`) exist all the same.
 */
export function isReservedName(name: string): boolean {
  return reserved.has(name);
}
