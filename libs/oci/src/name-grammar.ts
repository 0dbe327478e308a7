import { quoted } from './invalid-text.js';

/** Longest name in characters: what clients accept (distribution-spec, "Pulling manifests"). */
export const NAME_MAX_LENGTH = 255;

/** One component between slashes (distribution-spec, grammar of `<name>`). No two parts can match the same text. */
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;

/** What keeps the text from being one component of a repository name; undefined if nothing does. */
export function componentFault(component: string): string | undefined {
  if (COMPONENT.test(component)) return undefined;
  if (component === '') return 'a part between slashes is empty';
  const where = `in ${quoted(component)}`;
  const wrong = /[^a-z0-9._-]/u.exec(component)?.[0];
  if (wrong && /[A-Z]/.test(wrong)) return `${where} the letter ${quoted(wrong)} has to be lowercase`;
  if (wrong) return `${where} the character ${quoted(wrong)} is not allowed; allowed are a-z 0-9 . _ -`;
  if (!/^[a-z0-9]/.test(component)) return `${where} the first character has to be a letter or digit`;
  if (!/[a-z0-9]$/.test(component)) return `${where} the last character has to be a letter or digit`;
  return `${where} only ".", "_", "__" or any number of "-" may stand between letters and digits`;
}
