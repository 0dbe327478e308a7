import type { Answer } from '@/lib/registry-api/types';
import { manifestHref, repositoryHref, tagHref } from '@/lib/repository/links';

export type Suggestion = Answer<'/api/v1/search/suggestions', 'get'>['items'][number];

/** What stands in the list of suggestions. */
export function suggestionText({ name, tag, digest }: Suggestion): string {
  if (tag) return `${name}:${tag}`;
  return digest ? `${name}@${digest.slice(0, 19)}…` : name;
}

export function suggestionHref({ name, tag, digest }: Suggestion): string {
  if (tag) return tagHref(name, tag);
  return digest ? manifestHref(name, digest) : repositoryHref(name);
}
