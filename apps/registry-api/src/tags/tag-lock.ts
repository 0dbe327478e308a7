/** Keeps a tag of repository $1, whether there or not, to one transaction: its history has no gap. */
export function tagLock(tag: string): string {
  return `pg_advisory_xact_lock(hashtextextended($1::bigint || ':' || ${tag}, 0))`;
}
