import { type Query, single } from '../page-query';
import { trashHref, withQuery } from '../repository/links';
import { isReference } from '../repository/repository-path';

/** What the trash of a repository has just given back, as the address of the page says it. */
export interface Restoration {
  /** A tag or a digest. */
  readonly reference: string;
  /** Tags that were pushed again since, and stay where they are. */
  readonly takenTags: readonly string[];
}

const SEPARATOR = ',';

export function restorationHref(name: string, { reference, takenTags }: Restoration): string {
  return withQuery(trashHref(name), { restored: reference, taken: takenTags.join(SEPARATOR) || undefined });
}

export function readRestoration(query: Query): Restoration | undefined {
  const reference = single(query.restored) ?? '';
  if (!isReference(reference)) return undefined;
  return { reference, takenTags: (single(query.taken) ?? '').split(SEPARATOR).filter(isReference) };
}
