import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import type { LockedUser } from './account-change.store.js';

/** Takes a user out without losing what others may need. */
@Injectable()
export class UserRemovalStore {
  /** Undefined for who does not exist or is disabled. */
  async findHeir(client: SqlClient, username: string): Promise<string | undefined> {
    const [row] = await client.query<{ id: string }>(
      'SELECT id FROM users WHERE username = $1 AND disabled_at IS NULL FOR NO KEY UPDATE',
      [username],
    );
    return row?.id;
  }

  /**
   * The user's namespace becomes an organization of the heir, who also comes to own every organization that would be
   * left without an owner, also of those in trash. Answers their names. Namespaces are locked as changes of members lock
   * them.
   */
  async handOver(client: SqlClient, user: LockedUser, heirId: string): Promise<string[]> {
    const locked = await client.query<{ id: string; name: string; is_alone: boolean }>(
      `SELECT n.id, n.name, n.id = $2 OR NOT EXISTS (
         SELECT FROM namespace_members m JOIN users u ON u.id = m.user_id
         WHERE m.namespace_id = n.id AND m.role = 'owner' AND m.user_id <> $1 AND u.disabled_at IS NULL
       ) AS is_alone
       FROM namespaces n
       WHERE n.purged_at IS NULL
         AND n.id IN (SELECT namespace_id FROM namespace_members WHERE user_id = $1 AND role = 'owner' UNION SELECT $2)
       ORDER BY n.id FOR UPDATE OF n`,
      [user.id, user.namespaceId],
    );
    const left = locked.filter(({ is_alone }) => is_alone);
    await client.query(
      `INSERT INTO namespace_members (namespace_id, user_id, role)
       SELECT id, $2, 'owner' FROM unnest($1::bigint[]) AS asked (id)
       ON CONFLICT ON CONSTRAINT namespace_members_pk DO UPDATE SET role = 'owner'`,
      [left.map(({ id }) => id), heirId],
    );
    await client.query(`UPDATE namespaces SET kind = 'organization' WHERE id = $1`, [user.namespaceId]);
    return left.map(({ name }) => name).sort();
  }

  /** With sessions, access tokens, memberships and grants; the name stays with the namespace. */
  async delete(client: SqlClient, userId: string): Promise<void> {
    await client.query('DELETE FROM users WHERE id = $1', [userId]);
  }
}
