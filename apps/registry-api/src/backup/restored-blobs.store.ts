import type { BlobStore } from '@berth/storage';
import type { OwnConnection } from './own-connection.js';

/**
 * Which blobs of which archive a restore has brought into the store, and under which keys: in the database that it
 * restores into, so that another try goes on with them. Gone when the restore is whole.
 */
export class RestoredBlobStore {
  constructor(private readonly connection: OwnConnection) {}

  /** Of which archive an earlier try brought blobs; undefined when there was none. */
  async findArchive(): Promise<string | undefined> {
    const [schema] = await this.connection.query<{ exists: boolean }>(
      `SELECT to_regclass('berth_restore.archive') IS NOT NULL AS exists`,
    );
    if (!schema?.exists) return undefined;
    const [row] = await this.connection.query<{ id: string }>('SELECT id FROM berth_restore.archive');
    return row?.id;
  }

  async begin(archiveId: string): Promise<void> {
    await this.connection.driver.query(`
      BEGIN;
      DROP SCHEMA IF EXISTS berth_restore CASCADE;
      CREATE SCHEMA berth_restore;
      CREATE TABLE berth_restore.archive (id text);
      CREATE TABLE berth_restore.blobs (
        digest text COLLATE "C" PRIMARY KEY, storage_key text COLLATE "C" NOT NULL, size_bytes bigint NOT NULL);
      COMMIT`);
    await this.connection.query('INSERT INTO berth_restore.archive VALUES ($1)', [archiveId]);
  }

  async has(digest: string): Promise<boolean> {
    const rows = await this.connection.query('SELECT FROM berth_restore.blobs WHERE digest = $1', [digest]);
    return rows.length > 0;
  }

  async add(digest: string, storageKey: string, sizeBytes: number): Promise<void> {
    await this.connection.query('INSERT INTO berth_restore.blobs VALUES ($1, $2, $3)', [
      digest,
      storageKey,
      sizeBytes,
    ]);
  }

  /** Takes back what an earlier try with another archive brought. */
  async discard(store: BlobStore): Promise<void> {
    await store.delete(await this.keys('SELECT storage_key FROM berth_restore.blobs'));
  }

  /** Gives the restored rows their places in this store. Answers the digests of those that have none now. */
  async place(): Promise<string[]> {
    await this.connection.query(
      `UPDATE blobs SET storage_key = restored.storage_key
       FROM berth_restore.blobs restored WHERE restored.digest = blobs.digest`,
    );
    const rows = await this.connection.query<{ digest: string }>(
      `UPDATE blobs SET damaged_at = now()
       WHERE damaged_at IS NULL AND NOT EXISTS (SELECT FROM berth_restore.blobs restored WHERE restored.digest = blobs.digest)
       RETURNING digest`,
    );
    return rows.map(({ digest }) => digest);
  }

  /** Forgets the notes. Answers the keys of blobs that no row names. */
  async end(): Promise<string[]> {
    const keys = await this.keys(
      `SELECT storage_key FROM berth_restore.blobs restored
       WHERE NOT EXISTS (SELECT FROM blobs WHERE blobs.digest = restored.digest)`,
    );
    await this.connection.query('DROP SCHEMA berth_restore CASCADE');
    return keys;
  }

  private async keys(sql: string): Promise<string[]> {
    const rows = await this.connection.query<{ storage_key: string }>(sql);
    return rows.map(({ storage_key }) => storage_key);
  }
}
