import { randomBytes } from 'node:crypto';
import { hashPassword } from '@berth/auth';
import { NamespaceName } from '@berth/oci';
import { insertAuditEntry } from '../audit/audit-insert.js';
import { createDataSource } from '../data-source.js';

const BOOTSTRAP_LOCK = 0x6265727469;

/**
 * Makes the first admin when no user exists; does nothing otherwise, however often and from however many processes.
 * Answers the password only when it was generated just now.
 */
export async function bootstrapAdmin(
  databaseUrl: string,
  admin: { username: string; password?: string },
): Promise<{ username: string; generatedPassword?: string }> {
  const { username } = admin;
  NamespaceName.parse(username);
  const dataSource = createDataSource(databaseUrl, 2);
  await dataSource.initialize();
  try {
    return await dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
      const [existing] = await manager.query<{ username: string }[]>(
        'SELECT username FROM users ORDER BY is_admin DESC, id LIMIT 1',
      );
      if (existing) return { username: existing.username };
      const generatedPassword =
        admin.password === undefined ? randomBytes(15).toString('base64url') : undefined;
      const passwordHash = await hashPassword(admin.password ?? generatedPassword ?? '');
      await manager.query(
        `WITH namespace AS (
           INSERT INTO namespaces (name, kind) VALUES ($1, 'user') RETURNING id
         ), account AS (
           INSERT INTO users (username, namespace_id, password_hash, is_admin)
           SELECT $1, id, $2, true FROM namespace RETURNING id, namespace_id
         )
         INSERT INTO namespace_members (namespace_id, user_id, role) SELECT namespace_id, id, 'owner' FROM account`,
        [username, passwordHash],
      );
      await insertAuditEntry(manager, {
        actor: { name: 'system', credential: 'first start' },
        action: 'user.create',
        object: `user:${username}`,
        details: { isAdmin: true },
      });
      return { username, generatedPassword };
    });
  } finally {
    await dataSource.destroy();
  }
}
