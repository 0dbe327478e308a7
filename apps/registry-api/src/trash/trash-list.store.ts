import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { isNamespaceRestorer, isRepositoryRestorer } from '../access/restorable.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import { usageSql } from '../storage-accounting/storage-usage.store.js';

export type TrashedKind = 'namespace' | 'repository';

/** A namespace or repository in trash. */
export interface TrashedItem {
  readonly kind: TrashedKind;
  readonly id: string;
  /** The full name. */
  readonly name: string;
  readonly deletedAt: Date;
  readonly deletedBy: string;
  /** Of a namespace: repositories that come back with it. */
  readonly repositoryCount: number;
  readonly tagCount: number;
  /** Of the blobs it has, each once. */
  readonly sizeBytes: number;
}

/** A place in the list; microseconds, which Postgres has and JavaScript's dates have not. */
export interface TrashKey {
  readonly deletedAtMicros: string;
  readonly kind: TrashedKind;
  readonly id: string;
}

/** It passes no scope of repositories, whose $7 it names for its type alone. $8 days that trash is kept, $9 name of a namespace, $10 $11 $12 key of the entry before, $13 limit. */
const trashList = visibleList(
  'trash-list',
  () => `
    WITH given AS (SELECT $7::boolean)
    SELECT item.*, (SELECT coalesce(sum(exclusive_bytes + shared_bytes), 0) FROM (${usageSql}) used
      WHERE used.kind = item.kind AND used.owner_id = item.id) AS size_bytes
    FROM (
      SELECT 'namespace' AS kind, namespace.id, namespace.name, namespace.deleted_at, namespace.deleted_by,
        (extract(epoch FROM namespace.deleted_at) * 1000000)::bigint AS micros,
        (SELECT count(*)::int FROM repositories WHERE namespace_id = namespace.id AND deleted_at IS NULL) AS repository_count,
        0 AS tag_count
      FROM namespaces namespace
      LEFT JOIN namespace_members member ON member.namespace_id = namespace.id AND member.user_id = p.user_id
      WHERE namespace.deleted_at > now() - make_interval(days => $8) AND namespace.purged_at IS NULL
        AND ($9::text IS NULL OR namespace.name = $9) AND ${isNamespaceRestorer}
      UNION ALL
      SELECT 'repository', repository.id, repository.name, repository.deleted_at, repository.deleted_by,
        (extract(epoch FROM repository.deleted_at) * 1000000)::bigint, 0, coalesce(summary.tag_count, 0)
      FROM repositories repository
      JOIN namespaces namespace ON namespace.id = repository.namespace_id
      LEFT JOIN namespace_members member ON member.namespace_id = namespace.id AND member.user_id = p.user_id
      LEFT JOIN repository_summaries summary ON summary.repository_id = repository.id
      WHERE repository.deleted_at > now() - make_interval(days => $8) AND repository.purge_started_at IS NULL
        AND namespace.deleted_at IS NULL AND ($9 IS NULL OR namespace.name = $9) AND ${isRepositoryRestorer}
    ) item
    WHERE $10::bigint IS NULL OR (item.micros, item.kind, item.id) < ($10, $11::text, $12::bigint)
    ORDER BY item.micros DESC, item.kind DESC, item.id DESC LIMIT $13`,
  'found.micros DESC, found.kind DESC, found.id DESC',
);

interface ItemRow {
  readonly kind: TrashedKind | null;
  readonly id: string;
  readonly name: string;
  readonly deleted_at: Date;
  readonly deleted_by: string | null;
  readonly micros: string;
  readonly repository_count: number;
  readonly tag_count: number;
  readonly size_bytes: string;
}

@Injectable()
export class TrashListStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /** What the requester may restore, the last deleted first. One round trip. Throws `Unauthorized`. */
  async list(
    requester: Requester,
    page: {
      readonly days: number;
      readonly namespace?: string;
      readonly last?: TrashKey;
      readonly limit: number;
    },
  ): Promise<{ item: TrashedItem; key: TrashKey }[]> {
    const { days, namespace = null, last, limit } = page;
    const key = [last?.deletedAtMicros ?? null, last?.kind ?? null, last?.id ?? null];
    const rows = await this.lists.query<ItemRow>(requester, trashList, [days, namespace, ...key, limit]);
    return rows.flatMap(toItem);
  }
}

function toItem(row: ItemRow): { item: TrashedItem; key: TrashKey }[] {
  const { kind, id, name } = row;
  if (kind === null) return [];
  const item = {
    kind,
    id,
    name,
    deletedAt: row.deleted_at,
    deletedBy: row.deleted_by ?? '',
    repositoryCount: row.repository_count,
    tagCount: row.tag_count,
    sizeBytes: Number(row.size_bytes),
  };
  return [{ item, key: { deletedAtMicros: row.micros, kind, id } }];
}
