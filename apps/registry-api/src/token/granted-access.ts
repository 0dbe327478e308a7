import { parseScopes, type ResourceScope, type TokenCredential } from '@berth/auth';
import { InvalidRepositoryName, RepositoryName } from '@berth/oci';
import type { AccessFacts } from '../access/access-facts.js';
import type { Credential } from '../access/credential.js';
import { type AccessSettings, allowedActions } from '../access/policy.js';

/** One scope of a token request; `name` is set for those on repositories. */
export interface AskedScope {
  readonly scope: ResourceScope;
  readonly name?: RepositoryName;
}

export interface GrantedAccess {
  /** An entry for each asked scope, without actions where nothing is allowed: private and absent look the same. */
  readonly access: ResourceScope[];
  /** Full names to ids, of repositories that exist and of which something was granted. */
  readonly repositories: Record<string, string>;
}

/** The scopes that a request asks for; one on a name out of grammar is dropped. */
export function readAskedScopes(input: string | readonly string[] | undefined): AskedScope[] {
  return parseScopes(input).flatMap((scope) => {
    if (scope.type !== 'repository') return [{ scope }];
    const name = parseOrDrop(scope.name);
    return name ? [{ scope, name }] : [];
  });
}

/** What the principal is allowed now of what it asked for. `factsOn` knows each asked repository. */
export function grantAccess(
  asked: readonly AskedScope[],
  factsOn: (name: RepositoryName) => AccessFacts,
  settings: AccessSettings,
): GrantedAccess {
  const repositories: Record<string, string> = {};
  const access = asked.map(({ scope, name }) => {
    if (!name) return scope;
    const facts = factsOn(name);
    const allowed: readonly string[] = allowedActions(facts, settings);
    const actions = scope.actions.filter((action) => allowed.includes(action));
    if (actions.length > 0 && facts.repository) repositories[name.value] = facts.repository.id;
    return { ...scope, actions };
  });
  return { access, repositories };
}

/** How a registry token names the credential it was got with, so that the next request can look it up again. */
export function tokenCredential(credential: Credential, facts: AccessFacts): TokenCredential {
  switch (credential.kind) {
    case 'anonymous':
      return { kind: 'anonymous' };
    case 'user':
      return { kind: 'user', id: credential.id, version: credential.version };
    case 'access_token':
    case 'robot':
      return { kind: credential.kind, id: facts.credentialId, version: facts.credentialsVersion };
    case 'session':
    case 'operator':
      throw new Error('no registry token is made for a browser session or at the command line');
  }
}

function parseOrDrop(text: string): RepositoryName | undefined {
  try {
    return RepositoryName.parse(text);
  } catch (error) {
    if (error instanceof InvalidRepositoryName) return undefined;
    throw error;
  }
}
