import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** Where the bytes of a blob lie in the store. */
export interface BlobLocation {
  readonly storageKey: string;
  readonly sizeBytes: number;
}

@Injectable()
export class BlobLocationStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined when the repository has no such blob, or its bytes are damaged. One round trip. */
  async find(repositoryId: string, digest: string): Promise<BlobLocation | undefined> {
    const [row] = await this.database.query<{ storage_key: string; size_bytes: string }>(
      `SELECT blob.storage_key, blob.size_bytes FROM blobs blob
       JOIN repository_blobs link ON link.blob_id = blob.id AND link.repository_id = $1
       WHERE blob.digest = $2 AND blob.damaged_at IS NULL`,
      [repositoryId, digest],
      'blob-location',
    );
    return row && { storageKey: row.storage_key, sizeBytes: Number(row.size_bytes) };
  }
}
