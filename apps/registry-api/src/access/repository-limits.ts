import { RepositoryName } from '@berth/oci';
import { RequestInvalid } from '../errors/domain-errors.js';
import { escapeLike } from '../search/escape-like.js';

/** The repositories that a credential is limited to. */
export interface RepositoryLimits {
  /** Full names, and beginnings of full names followed by `*`. */
  readonly names: string[];
  /** The same as LIKE patterns, for the look-up. */
  readonly likePatterns: string[];
}

/**
 * Reads names (`team/app`) and patterns (`team/*`, `team/app-*`). The `*` stands at the end, for everything that
 * begins so; a name or pattern of one component means `library/…`. Throws `RequestInvalid`.
 */
export function parseRepositoryLimits(texts: readonly string[]): RepositoryLimits {
  const names = [...new Set(texts.map(fullName))];
  return { names, likePatterns: names.map(likePattern) };
}

/** Whether everything that `inner` reaches lies within `outer`; undefined = no limit. */
export function isWithin(
  inner: readonly string[] | undefined,
  outer: readonly string[] | undefined,
): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  return inner.every((name) => outer.some((limit) => covers(limit, name)));
}

/** As people write it: `alpine` for `library/alpine`. */
export function shownLimit(name: string): string {
  const [, ofLibrary] = /^library\/([^/*][^/]*)$/.exec(name) ?? [];
  return ofLibrary ?? name;
}

function covers(limit: string, name: string): boolean {
  return limit.endsWith('*') ? name.startsWith(limit.slice(0, -1)) : limit === name;
}

function fullName(text: string): string {
  const beginning = text.endsWith('*') ? text.slice(0, -1) : undefined;
  if (beginning === '') {
    throw new RequestInvalid(
      '"*" is no limit: leave "repositories" out, or name a namespace, as in "team/*".',
    );
  }
  try {
    // A beginning is in grammar when it is with one more character, which then goes again.
    if (beginning === undefined) return RepositoryName.parse(text).value;
    return `${RepositoryName.parse(`${beginning}x`).value.slice(0, -1)}*`;
  } catch (error) {
    const rule = 'write a repository name ("team/app") or a beginning and "*" ("team/*")';
    throw new RequestInvalid(`"${text}": ${rule}.`, undefined, { cause: error });
  }
}

function likePattern(name: string): string {
  return name.endsWith('*') ? `${escapeLike(name.slice(0, -1))}%` : escapeLike(name);
}
