/**
 * Which of what is in trash the principal of `p` (one row of `principalCte`) may restore: what `allowsInNamespace(…,
 * 'restore')` and `mayRestoreNamespace` say of one namespace. Both need `namespace`, an alias of `namespaces`, and
 * `member`, an alias of the principal's row in `namespace_members`, if there is one.
 */
export const isRepositoryRestorer = `(
  p.credential_problem IS NULL
  AND (p.scopes IS NULL OR 'repository:delete' = ANY (p.scopes))
  AND p.repositories_like IS NULL
  AND (p.is_admin OR member.role >= 'maintainer' OR namespace.id = p.robot_namespace_id)
)`;

export const isNamespaceRestorer = `(
  p.credential_problem IS NULL
  AND (p.scopes IS NULL OR 'admin' = ANY (p.scopes))
  AND p.repositories_like IS NULL
  AND (p.is_admin OR member.role = 'owner')
)`;
