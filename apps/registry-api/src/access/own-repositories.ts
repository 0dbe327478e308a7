import { grantedRepositories } from './visible-repositories.js';

/**
 * Which of the repositories that the principal `p` sees are its own: those in its namespaces, and those it was granted
 * by name, itself or its teams. A condition on `repository`, beside `visibleRepositories` and never without it.
 */
export const ownRepositories = `(
  repository.namespace_id IN (SELECT namespace_id FROM namespace_members WHERE user_id = p.user_id)
  OR repository.namespace_id = p.robot_namespace_id
  OR repository.id IN (${grantedRepositories}))`;
