import type { RegistryTokenClaims, ResourceScope } from '@berth/auth';
import { RepositoryName } from '@berth/oci';
import type { AuditedChange } from '../audit/audit-insert.js';
import { Denied, NameUnknown, Unauthorized } from '../errors/domain-errors.js';
import type { AccessFacts, CredentialProblem } from './access-facts.js';
import { actorOf } from './actor.js';
import type { Requester } from './credential.js';
import { type AccessSettings, type Action, allows, mayCreate } from './policy.js';

/** A repository name of a `/v2` request: parsed, and as the client wrote it (tokens echo that). */
export interface AskedName {
  readonly name: RepositoryName;
  readonly asked: string;
}

/** What a `/v2` request wants to do, from its route's declaration. */
export interface RegistryRequest {
  readonly requester: Requester;
  readonly repository: AskedName;
  readonly action: Extract<Action, 'pull' | 'push' | 'delete'>;
}

/** What the audit log has of a change by such a request. */
export function changeOf({ requester, repository }: RegistryRequest, facts: AccessFacts): AuditedChange {
  return { actor: actorOf(requester, facts), object: `repository:${repository.name.shown}` };
}

/** What a challenge asks a token for (Docker registry token specification). */
export function challengeScope(asked: string, action: RegistryRequest['action']): ResourceScope {
  const actions = action === 'push' ? ['pull', 'push'] : [action];
  return { type: 'repository', name: asked, actions };
}

/**
 * The answers of `/v2` to who may do what (design, "Who may do what"): absent and unreadable are told apart by nothing.
 * Returns `existing`, or `create` when a push may make the repository.
 */
export function authorize(
  request: RegistryRequest,
  facts: AccessFacts,
  settings: AccessSettings,
): 'existing' | 'create' {
  const { requester, action, repository } = request;
  const isCreatable = mayCreate(facts);
  const verdict = allows(facts, action, settings)
    ? 'existing'
    : action === 'push' && isCreatable
      ? 'create'
      : 'refused';
  const scopes = [challengeScope(repository.asked, action)];
  if (facts.credentialProblem !== undefined && requester.presented !== 'bearer') {
    throw new Unauthorized(scopes, undefined, problemSentence(facts.credentialProblem));
  }
  if (requester.presented === 'bearer' && !isCovered(requester.claims, repository.name, facts, action)) {
    throw new Unauthorized(scopes, 'insufficient_scope', refusedSentence);
  }
  if (verdict !== 'refused') return verdict;
  if (isCreatable) throw new NameUnknown(repository.asked);
  if (requester.presented === 'none') throw new Unauthorized(scopes);
  if (requester.presented === 'bearer') throw new Unauthorized(scopes, 'insufficient_scope', refusedSentence);
  if (!allows(facts, 'pull', settings)) throw new NameUnknown(repository.asked);
  throw new Denied(`You may not ${action} here: ask an owner of this repository for the right to.`);
}

const refusedSentence = 'There is no such repository, or your token does not allow this.';

/** Whether a registry token grants an action on a repository that is still the one it was issued for. */
export function isCovered(
  claims: RegistryTokenClaims | undefined,
  name: RepositoryName,
  facts: AccessFacts,
  action: Action,
): boolean {
  if (!claims) return false;
  const entry = claims.access.some((scope) => isSameName(scope, name) && scope.actions.includes(action));
  const issuedFor = claims.berth.repositories[name.value];
  return entry && (issuedFor === undefined || issuedFor === facts.repository?.id);
}

/** Whether a token has an entry for the name at all, even one without actions. */
export function hasEntry(claims: RegistryTokenClaims, name: RepositoryName): boolean {
  return claims.access.some((scope) => isSameName(scope, name));
}

function isSameName(scope: ResourceScope, name: RepositoryName): boolean {
  if (scope.type !== 'repository') return false;
  if (scope.name === name.value) return true;
  return name.shown === scope.name;
}

/** What a person reads whose credential does not count (any more). */
export function problemSentence(problem: CredentialProblem): string {
  switch (problem) {
    case 'expired':
      return 'This access token has expired: make a new one.';
    case 'revoked':
      return 'This credential was revoked: sign in again or use another one.';
    case 'disabled':
      return 'This account is disabled: ask an admin of this Berth.';
    case 'unknown':
      return 'The user name or the password or access token is wrong.';
  }
}
