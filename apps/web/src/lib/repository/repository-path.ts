/** A page about a repository, as its address names it. */
export type RepositoryView =
  | { readonly kind: 'overview' | 'tags' | 'activity' | 'trash' | 'settings' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'manifest'; readonly digest: string }
  | { readonly kind: 'compare'; readonly a?: string; readonly b?: string };

export interface RepositoryPath {
  /** As in the API: `team/app`. */
  readonly name: string;
  readonly view: RepositoryView;
}

/** Distribution spec, "Pulling manifests": a component of a name starts with a letter or digit, so `-` never is one. */
const SEPARATOR = '-';
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const LONGEST_NAME = 255;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]{32,}$/;

/** Reads the segments after `/r/`, still URL-encoded. Undefined for what no page can be about. */
export function parseRepositoryPath(segments: readonly string[]): RepositoryPath | undefined {
  const parts = segments.map(decoded);
  const end = parts.indexOf(SEPARATOR);
  const components = end === -1 ? parts : parts.slice(0, end);
  const name = components.join('/');
  if (
    components.length === 0 ||
    !components.every((part) => COMPONENT.test(part)) ||
    name.length > LONGEST_NAME
  )
    return undefined;
  const view = end === -1 ? ({ kind: 'overview' } as const) : parseView(parts.slice(end + 1));
  return view && { name, view };
}

function parseView([noun, argument, ...rest]: readonly string[]): RepositoryView | undefined {
  if (rest.length > 0) return undefined;
  if (noun === 'tags') return argument === undefined ? { kind: 'tags' } : parseTag(argument);
  if (noun === 'manifests') return parseManifest(argument);
  if (noun === 'compare') return argument === undefined ? { kind: 'compare' } : parseComparison(argument);
  if ((noun === 'activity' || noun === 'trash' || noun === 'settings') && argument === undefined)
    return { kind: noun };
  return undefined;
}

function parseTag(tag: string): RepositoryView | undefined {
  return TAG.test(tag) ? { kind: 'tag', tag } : undefined;
}

function parseManifest(digest = ''): RepositoryView | undefined {
  return DIGEST.test(digest) ? { kind: 'manifest', digest } : undefined;
}

/** `a...b`; a tag may end with dots but not begin with one, so the last three dots before a name divide. */
function parseComparison(range: string): RepositoryView | undefined {
  const [, a = '', b = ''] = /^(.+)\.{3}([^.].*)$/.exec(range) ?? [];
  return isReference(a) && isReference(b) ? { kind: 'compare', a, b } : undefined;
}

/** Whether a text can be a tag or a digest. */
export function isReference(text: string): boolean {
  return TAG.test(text) || DIGEST.test(text);
}

/** What cannot be decoded stays as it is: no component, tag or digest has a percent sign. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
