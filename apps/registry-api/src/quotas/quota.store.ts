import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { QuotaExceeded } from '../errors/domain-errors.js';
import { quotaExceeded } from './quota-exceeded.js';

export interface QuotaLimits {
  /** Null: no limit. */
  readonly maxBytes: number | null;
  readonly maxRepositories: number | null;
}

export interface Usage extends QuotaLimits {
  readonly usedBytes: number;
  readonly usedRepositories: number;
}

/** What repositories of one namespace share among themselves; whether others have the same is not told. */
export interface SharedUsage {
  readonly sharedBytes: number;
  readonly savedBytes: number;
}

export interface Quota extends Usage {
  /** Undefined for the instance. */
  readonly namespace?: string;
}

/** Whose a quota is; the owner's id of the instance is 0. */
export interface QuotaOwner {
  readonly kind: 'instance' | 'namespace';
  readonly id: string;
}

export const INSTANCE: QuotaOwner = { kind: 'instance', id: '0' };

interface QuotaRow {
  readonly namespace: string | null;
  readonly max_bytes: string | null;
  readonly max_repositories: string | null;
  readonly used_bytes: string;
  readonly used_repositories: string;
}

/** What an owner has now, counted: for quotas that are new, and owners that have none. */
const countedSql = `
  SELECT
    CASE $1::text WHEN 'instance' THEN (SELECT coalesce(sum(size_bytes), 0) FROM blobs)
      ELSE (SELECT coalesce(sum(size_bytes), 0) FROM blobs WHERE id IN (
              SELECT link.blob_id FROM repository_blobs link
              JOIN repositories repository ON repository.id = link.repository_id
              WHERE repository.namespace_id = $2::bigint)) END AS used_bytes,
    (SELECT count(*) FROM repositories
     WHERE deleted_at IS NULL AND ($1 = 'instance' OR namespace_id = $2::bigint)) AS used_repositories`;

@Injectable()
export class QuotaStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By namespace, the instance's first. */
  async list(): Promise<Quota[]> {
    const rows = await this.database.query<QuotaRow>(
      `SELECT quota.*, namespace.name AS namespace FROM quotas quota
       LEFT JOIN namespaces namespace ON namespace.id = quota.owner_id AND quota.kind = 'namespace'
       ORDER BY quota.kind, namespace.name`,
    );
    return rows.map((row) => ({ ...toUsage(row), namespace: row.namespace ?? undefined }));
  }

  /** With a quota what its row counts, else counted now. */
  async findUsage({ kind, id }: QuotaOwner): Promise<Usage> {
    const [row] = await this.database.query<QuotaRow>(
      'SELECT quota.*, NULL AS namespace FROM quotas quota WHERE kind = $1 AND owner_id = $2',
      [kind, id],
    );
    if (row) return toUsage(row);
    const [counted] = await this.database.query<QuotaRow>(countedSql, [kind, id]);
    return toUsage({ ...counted!, max_bytes: null, max_repositories: null });
  }

  async findShared(namespaceId: string): Promise<SharedUsage> {
    const [row] = await this.database.query<{ shared: string; saved: string }>(
      `SELECT coalesce(sum(blob.size_bytes), 0) AS shared,
         coalesce(sum(blob.size_bytes * (link.link_count - 1)), 0) AS saved
       FROM namespace_blobs link JOIN blobs blob ON blob.id = link.blob_id
       WHERE link.namespace_id = $1 AND link.link_count > 1`,
      [namespaceId],
    );
    return { sharedBytes: Number(row?.shared), savedBytes: Number(row?.saved) };
  }

  async findNamespaceId(client: SqlClient, name: string): Promise<string | undefined> {
    const [row] = await client.query<{ id: string }>(
      'SELECT id FROM namespaces WHERE name = $1 AND deleted_at IS NULL FOR KEY SHARE',
      [name],
    );
    return row?.id;
  }

  /**
   * Sets or changes limits. To count what a new quota begins with, pushes are held up for as long as that takes: tables
   * are locked in the order in which pushes use them.
   */
  async set(client: SqlClient, owner: QuotaOwner, { maxBytes, maxRepositories }: QuotaLimits): Promise<void> {
    const values = [owner.kind, owner.id, maxBytes, maxRepositories];
    const changed = await client.query(
      'UPDATE quotas SET max_bytes = $3, max_repositories = $4 WHERE kind = $1 AND owner_id = $2 RETURNING kind',
      values,
    );
    if (changed.length > 0) return;
    await client.query(`SET LOCAL lock_timeout = '10s'`);
    for (const table of ['repositories', 'blobs', 'repository_blobs']) {
      await client.query(`LOCK TABLE ${table} IN SHARE MODE`);
    }
    await client.query(
      `INSERT INTO quotas (kind, owner_id, max_bytes, max_repositories, used_bytes, used_repositories)
       SELECT $1, $2, $3, $4, counted.used_bytes, counted.used_repositories FROM (${countedSql}) counted`,
      values,
    );
  }

  async remove(client: SqlClient, { kind, id }: QuotaOwner): Promise<void> {
    await client.query('DELETE FROM quotas WHERE kind = $1 AND owner_id = $2', [kind, id]);
  }

  /** Why so many bytes do not fit, unless they do, or the blob is in the namespace already and costs nothing. */
  async refusalOf(
    repository: RepositoryName,
    bytes: number,
    digest?: string,
  ): Promise<QuotaExceeded | undefined> {
    const [row] = await this.database.query<QuotaRow & { kind: 'instance' | 'namespace' }>(
      `SELECT quota.*, namespace.name AS namespace FROM repositories repository
       JOIN namespaces namespace ON namespace.id = repository.namespace_id
       JOIN quotas quota ON quota.kind = 'instance' OR quota.owner_id = namespace.id
       LEFT JOIN blobs blob ON blob.digest = $3
       WHERE repository.name = $1 AND repository.deleted_at IS NULL AND quota.used_bytes + $2 > quota.max_bytes
         AND NOT (blob.id IS NOT NULL AND (quota.kind = 'instance' OR EXISTS (
           SELECT FROM repository_blobs link JOIN repositories other ON other.id = link.repository_id
           WHERE other.namespace_id = namespace.id AND link.blob_id = blob.id)))
       ORDER BY quota.kind DESC LIMIT 1`,
      [repository.value, bytes, digest ?? null],
    );
    if (!row) return undefined;
    const { kind, namespace } = row;
    const { usedBytes: used, maxBytes } = toUsage(row);
    return quotaExceeded({ kind, unit: 'bytes', namespace, limit: maxBytes ?? 0, used, needed: bytes });
  }
}

function toUsage(row: QuotaRow): Usage {
  const orNull = (text: string | null) => (text === null ? null : Number(text));
  return {
    maxBytes: orNull(row.max_bytes),
    maxRepositories: orNull(row.max_repositories),
    usedBytes: Number(row.used_bytes),
    usedRepositories: Number(row.used_repositories),
  };
}
