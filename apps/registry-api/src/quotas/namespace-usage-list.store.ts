import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { NamespaceKind } from '../namespaces/namespace.store.js';
import { usageSql } from '../storage-accounting/storage-usage.store.js';
import type { Usage } from './quota.store.js';

/** A namespace with what it has and may have, whether it has a quota or not. */
export interface NamespaceUsage extends Usage {
  readonly name: string;
  readonly kind: NamespaceKind;
  readonly description: string;
  readonly createdAt: Date;
}

interface UsageRow {
  readonly name: string;
  readonly kind: NamespaceKind;
  readonly description: string;
  readonly created_at: Date;
  readonly max_bytes: string | null;
  readonly max_repositories: string | null;
  readonly used_bytes: string;
  readonly used_repositories: string;
}

/** Without a quota nothing counts for one: the accounting of storage has the same sums. */
const listSql = `
  SELECT page.name, page.kind, page.description, page.created_at, quota.max_bytes, quota.max_repositories,
    coalesce(quota.used_bytes, (
      SELECT sum(exclusive_bytes + shared_bytes) FROM (${usageSql}) used
      WHERE used.kind = 'namespace' AND used.owner_id = page.id), 0) AS used_bytes,
    coalesce(quota.used_repositories, (
      SELECT count(*) FROM repositories
      WHERE repositories.namespace_id = page.id AND repositories.deleted_at IS NULL)) AS used_repositories
  FROM (
    SELECT * FROM namespaces WHERE deleted_at IS NULL AND ($1::text IS NULL OR name > $1) ORDER BY name LIMIT $2
  ) page
  LEFT JOIN quotas quota ON quota.kind = 'namespace' AND quota.owner_id = page.id
  ORDER BY page.name`;

@Injectable()
export class NamespaceUsageListStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By name, after `last`. */
  async list(last: string | undefined, limit: number): Promise<NamespaceUsage[]> {
    const rows = await this.database.query<UsageRow & Record<string, unknown>>(listSql, [
      last ?? null,
      limit,
    ]);
    const orNull = (text: string | null) => (text === null ? null : Number(text));
    return rows.map(({ name, kind, description, ...row }) => ({
      name,
      kind,
      description,
      createdAt: row.created_at,
      usedBytes: Number(row.used_bytes),
      usedRepositories: Number(row.used_repositories),
      maxBytes: orNull(row.max_bytes),
      maxRepositories: orNull(row.max_repositories),
    }));
  }
}
