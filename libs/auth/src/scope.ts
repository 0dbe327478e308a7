/** One scope of the registry token specification: what a client asks for or a token grants on one resource. */
export interface ResourceScope {
  /** `repository`, or `registry` for the catalog. */
  readonly type: string;
  /** As the client wrote it, never normalised, so that it finds its own entry again. */
  readonly name: string;
  /** For a repository a subset of pull, push, delete; may be empty. */
  readonly actions: readonly string[];
}

const REPOSITORY_ACTIONS = ['pull', 'push', 'delete'];
const MAX_SCOPES = 100;

/** `type(class):name:actions` in the characters that OAuth 2.0 allows in a scope (RFC 6749, section 3.3). */
const SCOPE = /^([a-z0-9]+)(?:\([a-z0-9]*\))?:([\x21\x23-\x5b\x5d-\x7e]{1,255}):([^:]*)$/;

/**
 * Reads the `scope` parameter, repeated or space separated. The class is ignored, `*` on a repository is all its
 * actions, unknown actions are dropped, entries on the same resource are merged, and what is malformed or beyond
 * the first 100 is ignored.
 */
export function parseScopes(input: string | readonly string[] | undefined): ResourceScope[] {
  const merged = new Map<string, { type: string; name: string; actions: Set<string> }>();
  for (const text of words(input)) {
    const [, type = '', name = '', actions = ''] = SCOPE.exec(text) ?? [];
    if (type !== 'repository' && type !== 'registry') continue;
    const key = `${type}:${name}`;
    const scope = merged.get(key) ?? { type, name, actions: new Set() };
    for (const action of knownActions(type, name, actions.split(','))) scope.actions.add(action);
    merged.set(key, scope);
  }
  return Array.from(merged.values(), (scope) => ({ ...scope, actions: [...scope.actions] }));
}

/** The scope as it stands in a challenge: `repository:alice/app:pull,push`. */
export function formatScope(scope: ResourceScope): string {
  return `${scope.type}:${scope.name}:${scope.actions.join(',')}`;
}

function words(input: string | readonly string[] | undefined): string[] {
  const found: string[] = [];
  for (const text of typeof input === 'string' ? [input] : (input ?? [])) {
    found.push(...text.split(' ', MAX_SCOPES).filter((word) => word !== ''));
    if (found.length >= MAX_SCOPES) break;
  }
  return found.slice(0, MAX_SCOPES);
}

function knownActions(type: string, name: string, asked: readonly string[]): string[] {
  if (type === 'registry') return name === 'catalog' && asked.includes('*') ? ['*'] : [];
  return asked.includes('*') ? REPOSITORY_ACTIONS : REPOSITORY_ACTIONS.filter((a) => asked.includes(a));
}
