/**
 * Whether the principal of `p` (one row of `principalCte`) belongs to `namespace` (an alias of `namespaces`) and sees
 * it as a member does: what `allowsInNamespace(…, 'view')` says of one namespace. Needs `member`, an alias of the
 * principal's row in `namespace_members`, if there is one.
 */
export const isSeenByMember = `(
  p.credential_problem IS NULL
  AND (p.scopes IS NULL OR p.scopes && ARRAY['repository:read', 'admin'])
  AND p.repositories_like IS NULL
  AND (p.is_admin OR member.user_id IS NOT NULL OR namespace.id = p.robot_namespace_id)
)`;
