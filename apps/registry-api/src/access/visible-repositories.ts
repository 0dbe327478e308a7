/** Ids of the repositories that somebody was granted a role on, alone or with a team; needs `p` as below. */
export const grantedRepositories = `
        SELECT repository_id FROM repository_grants WHERE user_id = p.user_id
        UNION ALL SELECT repository_id FROM repository_grants WHERE robot_id = p.robot_id
        UNION ALL SELECT g.repository_id FROM repository_grants g JOIN team_members tm ON tm.team_id = g.team_id
          WHERE tm.user_id = p.user_id`;

/**
 * The one scope of every list: which repositories the principal of the first request may pull now, as a condition on
 * `repository` (an alias of `repositories`) and `p` (the `principal` relation of `principalCte`, one row).
 * It says what `allows(…, 'pull', …)` says of one repository; a property test binds the two. What is in trash, alone or
 * with its namespace, is none.
 * `isAnonymousPullAllowed` is the number of a boolean parameter.
 */
export function visibleRepositories(parameter: { isAnonymousPullAllowed: number }): string {
  return `(
    repository.deleted_at IS NULL
    AND repository.namespace_id <> ALL (ARRAY(SELECT id FROM namespaces WHERE deleted_at IS NOT NULL AND purged_at IS NULL))
    AND p.credential_problem IS NULL
    AND (p.scopes IS NULL OR 'repository:read' = ANY (p.scopes))
    AND (p.repositories_like IS NULL OR repository.name LIKE ANY (p.repositories_like))
    AND (
      (repository.visibility = 'public' AND (p.credential_kind <> 'anonymous' OR $${parameter.isAnonymousPullAllowed}::boolean))
      OR p.is_admin
      OR repository.namespace_id IN (SELECT namespace_id FROM namespace_members WHERE user_id = p.user_id)
      OR repository.namespace_id = p.robot_namespace_id
      OR repository.id IN (${grantedRepositories})
    )
  )`;
}
