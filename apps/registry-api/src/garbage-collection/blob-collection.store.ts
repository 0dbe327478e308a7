import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { REMOVAL_LOCK } from '../database/removal-lock.js';
import { isUnreferencedSql } from './collection-rules.js';
import { type CollectedBlob, toCollectedBlob } from './link-collection.store.js';

/** An object that is still to be removed from the store. */
export interface RemovedBlob extends CollectedBlob {
  readonly storageKey: string;
}

const isCandidate = `blob.link_count = 0 AND blob.touched_at <= now() - make_interval(secs => $2::bigint)`;

/** Takes the blobs $1, which are locked, out of the table; what is left of them is the key of their object. */
const removeSql = `
  WITH gone AS (
    DELETE FROM blobs blob WHERE blob.id = ANY ($1::bigint[]) AND ${isCandidate}
      AND NOT EXISTS (SELECT FROM repository_blobs link WHERE link.blob_id = blob.id) AND ${isUnreferencedSql('blob.id')}
    RETURNING blob.storage_key, blob.digest, blob.size_bytes
  ), noted AS (
    INSERT INTO removed_blobs (storage_key, digest, size_bytes) SELECT storage_key, digest, size_bytes FROM gone
  )
  SELECT storage_key, digest, size_bytes FROM gone`;

/**
 * Blobs that no repository links. One that goes leaves the table first and the store afterwards: from then on it is
 * neither served nor mounted nor linked, and who pushes its digest makes a new object. `removed_blobs` remembers what
 * is still to be removed from the store, whatever happens in between.
 */
@Injectable()
export class BlobCollectionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async count(graceSeconds: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM blobs blob WHERE ${isCandidate.replace('$2', '$1')}`,
      [graceSeconds],
    );
    return row?.count ?? 0;
  }

  /** Some that may go, in the order of their ids. */
  async listCandidates(
    after: string,
    graceSeconds: number,
    limit: number,
  ): Promise<{ id: string; blob: CollectedBlob }[]> {
    const rows = await this.database.query<{ id: string; digest: string; size_bytes: string }>(
      `SELECT blob.id, blob.digest, blob.size_bytes FROM blobs blob
       WHERE blob.id > $1 AND ${isCandidate} AND ${isUnreferencedSql('blob.id')} ORDER BY blob.id LIMIT $3`,
      [after, graceSeconds, limit],
      'collection-candidates',
    );
    return rows.map((row) => ({ id: row.id, blob: toCollectedBlob(row) }));
  }

  /** Takes those out of the table that nobody holds and that may still go. */
  async remove(ids: readonly string[], graceSeconds: number): Promise<RemovedBlob[]> {
    return this.database.transaction(async (client) => {
      const locked = await client.query<{ id: string }>(
        'SELECT id FROM blobs WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED',
        [ids],
        'collection-lock-blobs',
      );
      const rows = await client.query<RemovedRow>(
        removeSql,
        [locked.map(({ id }) => id), graceSeconds],
        'collection-remove',
      );
      return rows.map(toRemovedBlob);
    });
  }

  /** Objects that are still to be removed, also those that an interrupted collection has left. */
  async listRemoved(limit: number): Promise<RemovedBlob[]> {
    const rows = await this.database.query<RemovedRow>(
      'SELECT storage_key, digest, size_bytes FROM removed_blobs ORDER BY storage_key LIMIT $1',
      [limit],
    );
    return rows.map(toRemovedBlob);
  }

  /** For those that the store has no more. */
  async forget(client: SqlClient, storageKeys: readonly string[]): Promise<void> {
    await client.query('DELETE FROM removed_blobs WHERE storage_key = ANY ($1)', [storageKeys]);
  }

  /**
   * Runs `work`, which removes objects from the store; false, without it, while somebody needs them where they are (a
   * backup), or removes some. It holds no lock that a request waits for.
   */
  async whileAlone(work: (client: SqlClient) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (client) => {
      const [row] = await client.query<{ is_alone: boolean }>(
        'SELECT pg_try_advisory_xact_lock($1) AS is_alone',
        [REMOVAL_LOCK],
      );
      if (!row?.is_alone) return false;
      await work(client);
      return true;
    });
  }

  /** Which of these objects nothing names: no blob, no blob that is being removed, no upload. */
  async listUnnamed(storageKeys: readonly string[]): Promise<string[]> {
    // The keys of what S3 holds of an upload begin with that of the upload (`BlobRemover.list`).
    const rows = await this.database.query<{ key: string }>(
      `SELECT key FROM unnest($1::text[]) key
       WHERE NOT EXISTS (SELECT FROM blobs WHERE storage_key = key)
         AND NOT EXISTS (SELECT FROM removed_blobs WHERE storage_key = key)
         AND split_part(key, '-', 1) NOT IN (SELECT storage_state ->> 'key' FROM uploads)`,
      [storageKeys],
    );
    return rows.map(({ key }) => key);
  }
}

interface RemovedRow {
  readonly storage_key: string;
  readonly digest: string;
  readonly size_bytes: string;
}

function toRemovedBlob(row: RemovedRow): RemovedBlob {
  return { ...toCollectedBlob(row), storageKey: row.storage_key };
}
