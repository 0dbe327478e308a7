import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { usageSql } from './storage-usage.store.js';

const BATCH = 200;

/** What is linked, counted from the links themselves; `alone` is how many of the owner's kind may have a blob for it to be exclusive. */
const linkedSql = {
  repository: `
    SELECT link.repository_id AS owner_id, blob.size_bytes,
      (SELECT count(*) FROM (SELECT FROM repository_blobs other WHERE other.blob_id = blob.id LIMIT 2) two) = 1 AS is_exclusive
    FROM repository_blobs link JOIN blobs blob ON blob.id = link.blob_id WHERE link.repository_id = ANY ($1::bigint[])`,
  namespace: `
    SELECT DISTINCT repository.namespace_id AS owner_id, blob.size_bytes, blob.id, NOT EXISTS (
      SELECT FROM repository_blobs other JOIN repositories elsewhere ON elsewhere.id = other.repository_id
      WHERE other.blob_id = blob.id AND elsewhere.namespace_id <> repository.namespace_id) AS is_exclusive
    FROM repositories repository JOIN repository_blobs link ON link.repository_id = repository.id
    JOIN blobs blob ON blob.id = link.blob_id WHERE repository.namespace_id = ANY ($1::bigint[])`,
};

const compareSql = (kind: keyof typeof linkedSql) => `
  WITH linked AS (${linkedSql[kind]}), counted AS (
    SELECT owner_id, coalesce(sum(size_bytes) FILTER (WHERE is_exclusive), 0) AS exclusive_bytes,
      coalesce(sum(size_bytes) FILTER (WHERE NOT is_exclusive), 0) AS shared_bytes FROM linked GROUP BY 1
  ), kept AS (
    SELECT owner_id, sum(exclusive_bytes) AS exclusive_bytes, sum(shared_bytes) AS shared_bytes FROM (${usageSql}) used
    WHERE kind = '${kind}' AND owner_id = ANY ($1) GROUP BY 1
  )
  SELECT owner_id FROM counted FULL JOIN kept USING (owner_id)
  WHERE coalesce(counted.exclusive_bytes, 0) <> coalesce(kept.exclusive_bytes, 0)
    OR coalesce(counted.shared_bytes, 0) <> coalesce(kept.shared_bytes, 0)`;

/** Compares the accounts with the links, some owners a statement, each statement in one snapshot. */
@Injectable()
export class StorageCheckStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** `drifts` are written `repository:17`. */
  async *compare(): AsyncGenerator<{ count: number; drifts: string[] }> {
    for (const kind of ['repository', 'namespace'] as const) {
      for await (const ids of this.owners(kind === 'repository' ? 'repositories' : 'namespaces')) {
        const rows = await this.database.query<{ owner_id: string }>(compareSql(kind), [ids]);
        yield { count: ids.length, drifts: rows.map(({ owner_id }) => `${kind}:${owner_id}`) };
      }
    }
    yield { count: 1, drifts: (await this.isInstanceRight()) ? [] : ['instance:0'] };
  }

  private async *owners(table: 'repositories' | 'namespaces'): AsyncGenerator<string[]> {
    let last = '0';
    for (;;) {
      const rows = await this.database.query<{ id: string }>(
        `SELECT id FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
        [last],
      );
      if (rows.length === 0) return;
      yield rows.map(({ id }) => id);
      last = rows.at(-1)?.id ?? last;
    }
  }

  private async isInstanceRight(): Promise<boolean> {
    const [row] = await this.database.query<{ is_right: boolean }>(
      `SELECT coalesce(sum(used.exclusive_bytes + used.shared_bytes), 0) = (SELECT coalesce(sum(size_bytes), 0) FROM blobs)
         AS is_right
       FROM (${usageSql}) used WHERE kind = 'instance'`,
    );
    return row?.is_right ?? false;
  }
}
