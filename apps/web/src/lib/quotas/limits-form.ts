import { readBytes } from '../format/read-bytes';

export type ReadLimits =
  | {
      readonly limits: { readonly maxBytes: number | null; readonly maxRepositories: number | null };
      /** What has been done when they are set. */
      readonly sentence: string;
    }
  | { readonly problem: string };

/** The limits that a form sets; an empty field is none, and `remove` takes both away. */
export function limitsOf(form: FormData): ReadLimits {
  const typed = (name: string) => String(form.get(name) ?? '').trim();
  if (typed('do') === 'remove')
    return { limits: { maxBytes: null, maxRepositories: null }, sentence: 'The quota has been removed.' };
  const [bytes, repositories] = [typed('bytes'), typed('repositories')];
  const maxBytes = bytes === '' ? null : readBytes(bytes);
  if (maxBytes === undefined)
    return { problem: `“${bytes.slice(0, 40)}” is no size: write it as 500 MB, 10 GB or 2 TiB.` };
  if (repositories !== '' && !/^[0-9]{1,9}$/.test(repositories))
    return { problem: 'How many repositories there may be is a whole number, or nothing.' };
  const maxRepositories = repositories === '' ? null : Number(repositories);
  return { limits: { maxBytes, maxRepositories }, sentence: 'The quota has been set.' };
}
