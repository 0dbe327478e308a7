import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { tellOfEvents } from '../events/live-message.js';

/** A repository in trash that can be restored. */
export interface TrashedRepository {
  readonly id: string;
  /** The full name. */
  readonly name: string;
  readonly namespace: string;
}

export interface TrashedNamespace {
  readonly id: string;
  readonly name: string;
}

/** Repositories and namespaces that are marked as deleted. */
@Injectable()
export class TrashedMarksStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined for one that is not in trash, or whose time there is over. */
  async findRepository(id: string, days: number): Promise<TrashedRepository | undefined> {
    const [row] = await this.database.query<{ id: string; name: string; namespace: string }>(
      `SELECT repository.id, repository.name, namespace.name AS namespace
       FROM repositories repository JOIN namespaces namespace ON namespace.id = repository.namespace_id
       WHERE repository.id = $1 AND repository.deleted_at > now() - make_interval(days => $2)
         AND repository.purge_started_at IS NULL AND namespace.deleted_at IS NULL`,
      [id, days],
    );
    return row;
  }

  async findNamespace(id: string, days: number): Promise<TrashedNamespace | undefined> {
    const [row] = await this.database.query<{ id: string; name: string }>(
      `SELECT id, name FROM namespaces
       WHERE id = $1 AND deleted_at > now() - make_interval(days => $2) AND purged_at IS NULL`,
      [id, days],
    );
    return row;
  }

  /**
   * Under this full name; who follows pushes is told of its newest tag. False when it is not in trash any more; a taken
   * name violates `repositories_name_uq`.
   */
  async restoreRepository(client: SqlClient, id: string, name: string, by: string): Promise<boolean> {
    const rows = await client.query(
      `WITH restored AS (
         UPDATE repositories SET deleted_at = NULL, deleted_by = NULL, name = $2
         WHERE id = $1 AND deleted_at IS NOT NULL AND purge_started_at IS NULL RETURNING id, name
       ), event AS (
         INSERT INTO events (kind, repository_id, repository_name, details)
         SELECT 'restore', restored.id, restored.name,
           jsonb_build_object('digest', manifest.digest, 'tag', newest.name, 'by', $3::text)
         FROM restored CROSS JOIN LATERAL (
           SELECT name, manifest_id FROM tags WHERE repository_id = restored.id AND NOT is_referrer
           ORDER BY updated_at DESC, name LIMIT 1) newest
         JOIN manifests manifest ON manifest.id = newest.manifest_id
       )
       SELECT id, ${tellOfEvents} FROM restored`,
      [id, name, by],
    );
    return rows.length > 0;
  }

  /** With its members, teams, robots and repositories. False when it is not in trash any more. */
  async restoreNamespace(client: SqlClient, id: string): Promise<boolean> {
    const rows = await client.query(
      `UPDATE namespaces SET deleted_at = NULL, deleted_by = NULL
       WHERE id = $1 AND deleted_at IS NOT NULL AND purged_at IS NULL RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /** From now on it cannot be restored. False when it is not in trash any more, or claimed already. */
  async claimRepository(client: SqlClient, id: string): Promise<boolean> {
    const rows = await client.query(
      `UPDATE repositories SET purge_started_at = now()
       WHERE id = $1 AND deleted_at IS NOT NULL AND purge_started_at IS NULL RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /**
   * Claims all repositories of a namespace that is in trash, and leaves nothing of it but its name and them. False
   * when it is not in trash any more.
   */
  async purgeNamespace(client: SqlClient, id: string): Promise<boolean> {
    const purged = await client.query(
      `UPDATE namespaces SET purged_at = now(), description = ''
       WHERE id = $1 AND deleted_at IS NOT NULL AND purged_at IS NULL RETURNING id`,
      [id],
    );
    if (purged.length === 0) return false;
    await client.query(
      `UPDATE repositories SET deleted_at = coalesce(deleted_at, now()), purge_started_at = coalesce(purge_started_at, now())
       WHERE namespace_id = $1`,
      [id],
    );
    for (const table of ['robots', 'teams', 'namespace_members']) {
      await client.query(`DELETE FROM ${table} WHERE namespace_id = $1`, [id]);
    }
    return true;
  }

  /** The same for all whose time in trash is over; answers how many. */
  async purgeNamespacesOver(days: number): Promise<number> {
    const over = await this.database.query<{ id: string }>(
      `SELECT id FROM namespaces WHERE deleted_at <= now() - make_interval(days => $1) AND purged_at IS NULL`,
      [days],
    );
    for (const { id } of over) await this.database.transaction((client) => this.purgeNamespace(client, id));
    return over.length;
  }
}
