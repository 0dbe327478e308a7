import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import type { StorageOwnerKind } from './storage-usage.entity.js';

/** Bytes of blobs as they lie in the store, each blob once. */
export interface StorageBytes {
  /** Of blobs that nobody else of its kind links. */
  readonly exclusiveBytes: number;
  /** Of blobs that others of its kind link as well. */
  readonly sharedBytes: number;
}

/** Everything of one kind, or one owner's; the two tables are read in one snapshot. */
export const usageSql = `
  SELECT kind, owner_id, exclusive_bytes, shared_bytes FROM storage_usage
  UNION ALL SELECT kind, owner_id, exclusive_bytes, shared_bytes FROM storage_deltas`;

const FOLDED = 20_000;

@Injectable()
export class StorageUsageStore {
  /** What an owner has now, in the snapshot of the caller's transaction. One round trip. */
  async find(client: SqlClient, kind: StorageOwnerKind, ownerId: string): Promise<StorageBytes> {
    const [row] = await client.query<{ exclusive_bytes: string; shared_bytes: string }>(
      `SELECT coalesce(sum(exclusive_bytes), 0) AS exclusive_bytes, coalesce(sum(shared_bytes), 0) AS shared_bytes
       FROM (${usageSql}) used WHERE kind = $1 AND owner_id = $2`,
      [kind, ownerId],
      'storage-usage',
    );
    return { exclusiveBytes: Number(row?.exclusive_bytes), sharedBytes: Number(row?.shared_bytes) };
  }

  /** Adds some deltas to what they change; answers how many. Nobody waits for it: only it writes `storage_usage`. */
  async fold(client: SqlClient): Promise<number> {
    const [row] = await client.query<{ folded: number }>(
      `WITH taken AS (
         DELETE FROM storage_deltas WHERE id IN (
           SELECT id FROM storage_deltas ORDER BY id LIMIT ${FOLDED} FOR UPDATE SKIP LOCKED)
         RETURNING kind, owner_id, exclusive_bytes, shared_bytes
       ), folded AS (
         INSERT INTO storage_usage AS used (kind, owner_id, exclusive_bytes, shared_bytes)
         SELECT kind, owner_id, sum(exclusive_bytes), sum(shared_bytes) FROM taken GROUP BY 1, 2 ORDER BY 1, 2
         ON CONFLICT (kind, owner_id) DO UPDATE SET
           exclusive_bytes = used.exclusive_bytes + excluded.exclusive_bytes,
           shared_bytes = used.shared_bytes + excluded.shared_bytes
       )
       SELECT count(*)::int AS folded FROM taken`,
      [],
      'storage-fold',
    );
    return row?.folded ?? 0;
  }

  /** Forgets repositories that are gone. */
  async forgetRemoved(client: SqlClient): Promise<void> {
    await client.query(
      `DELETE FROM storage_usage used WHERE kind = 'repository' AND exclusive_bytes = 0 AND shared_bytes = 0
         AND NOT EXISTS (SELECT FROM repositories WHERE id = used.owner_id)`,
    );
  }
}
