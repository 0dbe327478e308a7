import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';

/** A blob as the database has it. */
export interface RecordedBlob {
  readonly storageKey: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly isMarked: boolean;
}

export interface StoredManifest {
  readonly id: string;
  readonly digest: string;
  readonly repository: string;
  readonly bytes: Buffer;
}

interface BlobRow {
  readonly storage_key: string;
  readonly digest: string;
  readonly size_bytes: string;
  readonly is_marked: boolean;
}

const PAGE = 1000;
const MANIFEST_PAGE = 50;
const columns = 'storage_key, digest, size_bytes, damaged_at IS NOT NULL AS is_marked';

/** What the database says should be in the store. */
@Injectable()
export class RecordedBlobStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In the byte order of storage keys, from behind `after` on; a page of a thousand is held. */
  async *list(after: string): AsyncGenerator<RecordedBlob> {
    for (let last = after; ; ) {
      const rows = await this.database.query<BlobRow>(
        `SELECT ${columns} FROM blobs WHERE storage_key > $1 ORDER BY storage_key LIMIT ${PAGE}`,
        [last],
      );
      yield* rows.map(toRecorded);
      const end = rows.at(-1);
      if (!end || rows.length < PAGE) return;
      last = end.storage_key;
    }
  }

  /** How many lie behind a key, for an estimate of what is left. */
  async countBehind(key: string): Promise<{ count: number; sizeBytes: number }> {
    const [row] = await this.database.query<{ count: string; size_bytes: string }>(
      `SELECT count(*) AS count, coalesce(sum(size_bytes), 0) AS size_bytes FROM blobs WHERE storage_key > $1`,
      [key],
    );
    return { count: Number(row?.count ?? 0), sizeBytes: Number(row?.size_bytes ?? 0) };
  }

  /** As it is now; undefined when no blob has this key any more. */
  async find(storageKey: string): Promise<RecordedBlob | undefined> {
    const [row] = await this.database.query<BlobRow>(`SELECT ${columns} FROM blobs WHERE storage_key = $1`, [
      storageKey,
    ]);
    return row && toRecorded(row);
  }

  /** Those of the keys that no blob, no upload under way and no collection that still has to remove them names now. */
  async withoutRecord(storageKeys: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ key: string }>(
      `SELECT asked.key FROM unnest($1::text[]) asked(key)
       WHERE NOT EXISTS (SELECT FROM blobs WHERE blobs.storage_key = asked.key)
         AND NOT EXISTS (SELECT FROM removed_blobs removed WHERE removed.storage_key = asked.key)
         AND NOT EXISTS (SELECT FROM uploads WHERE starts_with(asked.key, uploads.storage_state ->> 'key'))`,
      [storageKeys],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** Marks a blob whose bytes are not what its record says; false when it is healed, gone or marked already. */
  async markDamaged(client: SqlClient, { storageKey, digest }: RecordedBlob): Promise<boolean> {
    const rows = await client.query(
      'UPDATE blobs SET damaged_at = now() WHERE storage_key = $1 AND digest = $2 AND damaged_at IS NULL RETURNING id',
      [storageKey, digest],
    );
    return rows.length > 0;
  }

  /** All manifests, those in the trash too, with their bytes, some tens at a time. */
  async *listManifests(): AsyncGenerator<StoredManifest> {
    for (let last = '0'; ; ) {
      const rows = await this.database.query<StoredManifest & Record<string, unknown>>(
        `SELECT manifest.id, manifest.digest, repository.name AS repository, manifest.bytes
         FROM (
           SELECT id, repository_id, digest, bytes FROM manifests
           UNION ALL SELECT id, repository_id, digest, bytes FROM trashed_manifests
         ) manifest JOIN repositories repository ON repository.id = manifest.repository_id
         WHERE manifest.id > $1 ORDER BY manifest.id LIMIT ${MANIFEST_PAGE}`,
        [last],
      );
      yield* rows;
      const end = rows.at(-1);
      if (!end || rows.length < MANIFEST_PAGE) return;
      last = end.id;
    }
  }
}

function toRecorded(row: BlobRow): RecordedBlob {
  return {
    storageKey: row.storage_key,
    digest: row.digest,
    sizeBytes: Number(row.size_bytes),
    isMarked: row.is_marked,
  };
}
