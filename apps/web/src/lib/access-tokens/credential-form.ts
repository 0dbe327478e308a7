import 'server-only';
import { textOf, textsOf } from '../forms/attempt';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** The end of a credential by the days chosen in its form; undefined for none. */
export function expiryOf(form: FormData, now = new Date()): string | undefined {
  const days = Number(textOf(form, 'days'));
  return days > 0 ? new Date(now.getTime() + days * DAY_MILLISECONDS).toISOString() : undefined;
}

/** The end that a changed credential gets: null for none, undefined to leave it as it is. */
export function changedExpiryOf(form: FormData, now = new Date()): string | null | undefined {
  return textOf(form, 'days') === 'keep' ? undefined : (expiryOf(form, now) ?? null);
}

/** The repositories a credential is limited to: names and patterns, by lines, commas or blanks. Undefined: no limit. */
export function repositoriesOf(form: FormData): string[] | undefined {
  const names = textOf(form, 'repositories')
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
}

/** The chosen ones among the scopes there are. */
export function scopesOf<Scope extends string>(form: FormData, known: readonly Scope[]): Scope[] {
  const chosen = textsOf(form, 'scope');
  return known.filter((scope) => chosen.includes(scope));
}

/** For how long the secret of before counts after a rotation. */
export function overlapOf(form: FormData): number {
  const seconds = Number(textOf(form, 'overlap'));
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 0;
}
