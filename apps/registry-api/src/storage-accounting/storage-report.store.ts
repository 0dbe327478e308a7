import { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type StorageBytes, usageSql } from './storage-usage.store.js';

export interface StorageTotals {
  /** Of all blobs in the store, each once. */
  readonly totalBytes: number;
  /** What all repositories together would need without sharing blobs. */
  readonly unsharedBytes: number;
  /** Of blobs that several repositories link. */
  readonly sharedBytes: number;
  /** Of blobs that no repository links; they go when the grace period is over. */
  readonly unlinkedBytes: number;
  /** Of blobs that only trash needs. */
  readonly trashBytes: number;
  /** Of manifests, which lie in the database. */
  readonly manifestBytes: number;
  readonly blobCount: number;
}

export interface OwnerUsage extends StorageBytes {
  readonly name: string;
  readonly isInTrash: boolean;
}

const totalsSql = `
  WITH used AS (
    SELECT kind, sum(exclusive_bytes) AS exclusive_bytes, sum(shared_bytes) AS shared_bytes FROM (${usageSql}) used GROUP BY 1
  )
  SELECT
    (SELECT exclusive_bytes + shared_bytes FROM used WHERE kind = 'instance') AS total,
    (SELECT shared_bytes FROM used WHERE kind = 'instance') AS shared,
    (SELECT exclusive_bytes + shared_bytes FROM used WHERE kind = 'repository') AS unshared,
    (SELECT sum(size_bytes) FROM blobs WHERE link_count = 0) AS unlinked,
    coalesce((SELECT sum(size_bytes) FROM blobs WHERE
      id IN (SELECT blob_id FROM trashed_references WHERE blob_id IS NOT NULL)
      AND NOT EXISTS (SELECT FROM manifest_references WHERE blob_id = blobs.id)), 0)
    + coalesce((SELECT sum(used.exclusive_bytes) FROM (${usageSql}) used
      JOIN repositories repository ON used.kind = 'repository' AND repository.id = used.owner_id
      WHERE repository.deleted_at IS NOT NULL), 0) AS trash,
    (SELECT sum(size_bytes) FROM manifests) AS manifests,
    (SELECT count(*) FROM blobs) AS blobs`;

const ownersSql = (kind: 'repository' | 'namespace', table: string) => `
  SELECT owner.name, owner.deleted_at IS NOT NULL AS is_in_trash, used.exclusive_bytes, used.shared_bytes
  FROM (SELECT owner_id, sum(exclusive_bytes) AS exclusive_bytes, sum(shared_bytes) AS shared_bytes FROM (${usageSql}) used
    WHERE kind = '${kind}' GROUP BY 1) used
  JOIN ${table} owner ON owner.id = used.owner_id
  WHERE used.exclusive_bytes + used.shared_bytes > 0
  ORDER BY used.exclusive_bytes DESC, used.shared_bytes DESC, owner.name LIMIT $1`;

/** What admins see of who uses the space. */
@Injectable()
export class StorageReportStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async totals(): Promise<StorageTotals> {
    const [row] = await this.database.query<Record<string, string | null>>(totalsSql);
    const bytes = (name: string) => Number(row?.[name] ?? 0);
    return {
      totalBytes: bytes('total'),
      unsharedBytes: bytes('unshared'),
      sharedBytes: bytes('shared'),
      unlinkedBytes: bytes('unlinked'),
      trashBytes: bytes('trash'),
      manifestBytes: bytes('manifests'),
      blobCount: bytes('blobs'),
    };
  }

  /** Whose going would free most. */
  async largestRepositories(limit: number): Promise<OwnerUsage[]> {
    const owners = await this.largest(ownersSql('repository', 'repositories'), limit);
    return owners.map((owner) => ({ ...owner, name: RepositoryName.parse(owner.name).shown }));
  }

  async largestNamespaces(limit: number): Promise<OwnerUsage[]> {
    return this.largest(ownersSql('namespace', 'namespaces'), limit);
  }

  private async largest(sql: string, limit: number): Promise<OwnerUsage[]> {
    const rows = await this.database.query<OwnerRow>(sql, [limit]);
    return rows.map((row) => ({
      name: row.name,
      isInTrash: row.is_in_trash,
      exclusiveBytes: Number(row.exclusive_bytes),
      sharedBytes: Number(row.shared_bytes),
    }));
  }
}

interface OwnerRow {
  readonly name: string;
  readonly is_in_trash: boolean;
  readonly exclusive_bytes: string;
  readonly shared_bytes: string;
}
