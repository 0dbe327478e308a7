import { Denied, NotFound, Unauthorized } from '../errors/domain-errors.js';
import type { AccessFacts } from './access-facts.js';
import type { Requester } from './credential.js';
import { type AccessSettings, type Action, allows } from './policy.js';
import { problemSentence } from './registry-access.js';

/** Throws `Unauthorized` when the requester's credential does not count (any more). */
export function requireCounting(facts: AccessFacts): void {
  const { credentialProblem, credentialName } = facts;
  if (!credentialProblem) return;
  const hasSessionEnded = credentialName === 'session' && credentialProblem !== 'disabled';
  const sentence = hasSessionEnded
    ? 'The session has ended: sign in again.'
    : problemSentence(credentialProblem);
  throw new Unauthorized([], undefined, sentence);
}

/**
 * The answers of `/api/v1` to who may do what to a repository: absent and unreadable are both `NotFound`; what is
 * readable answers `Unauthorized` to nobody and `Denied` to somebody.
 */
export function authorizeApi(
  requester: Requester,
  facts: AccessFacts,
  action: Action,
  settings: AccessSettings,
): { repositoryId: string } {
  requireCounting(facts);
  if (!facts.repository || !allows(facts, 'pull', settings)) {
    throw new NotFound('There is no such repository, or you may not read it.');
  }
  if (allows(facts, action, settings)) return { repositoryId: facts.repository.id };
  if (requester.presented === 'none') throw new Unauthorized([]);
  throw new Denied('You may not do this here: ask an owner of the repository for the right to.');
}
