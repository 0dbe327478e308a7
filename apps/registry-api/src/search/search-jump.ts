import { InvalidRepositoryName, RepositoryName } from '@berth/oci';

/** What a text may name instead of describing it. */
export type SearchJump =
  | { readonly kind: 'digest'; readonly beginning: string; readonly isWhole: boolean }
  | { readonly kind: 'tag'; readonly repository: string; readonly beginning: string };

/** Shorter beginnings of digests are of too many. */
const DIGEST = /^(?:sha256:([a-f0-9]{6,64})|sha512:([a-f0-9]{6,128}))$/;
const TAG = /^([^:\s]+):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?$/;

/** Reads `name:tag`, `sha256:…` and beginnings of them. */
export function parseJump(query: string): SearchJump | undefined {
  const text = query.trim();
  const digest = DIGEST.exec(text.toLowerCase());
  if (digest) {
    const [beginning, sha256, sha512] = digest;
    return { kind: 'digest', beginning, isWhole: sha256?.length === 64 || sha512?.length === 128 };
  }
  const [, name, beginning = ''] = TAG.exec(text) ?? [];
  const repository = name === undefined ? undefined : fullName(name);
  return repository === undefined ? undefined : { kind: 'tag', repository, beginning };
}

function fullName(text: string): string | undefined {
  try {
    return RepositoryName.parse(text).value;
  } catch (error) {
    if (error instanceof InvalidRepositoryName) return undefined;
    throw error;
  }
}
