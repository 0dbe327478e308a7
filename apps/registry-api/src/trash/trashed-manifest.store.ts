import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { ArtifactKind } from '../manifests/artifact-kind.js';
import type { TrashReason } from './trash.entity.js';

/** A manifest that was deleted by name, with what went with it. */
export interface TrashedManifest {
  readonly id: string;
  readonly digest: string;
  readonly artifactKind: ArtifactKind;
  readonly platforms: readonly string[];
  /** Of all of it, by name, up to `MAX_TAGS`. */
  readonly tags: readonly string[];
  readonly attachedCount: number;
  readonly sizeBytes: number;
  readonly reason: TrashReason;
  readonly deletedAt: Date;
  readonly deletedBy: string;
}

export interface TrashedManifestKey {
  readonly deletedAtMicros: string;
  readonly id: string;
}

const MAX_TAGS = 100;

interface TrashedRow {
  readonly id: string;
  readonly digest: string;
  readonly artifact_kind: ArtifactKind;
  readonly platforms: string[];
  readonly tags: string[];
  readonly attached_count: number;
  readonly total_bytes: string;
  readonly reason: TrashReason;
  readonly deleted_at: Date;
  readonly deleted_by: string;
  readonly micros: string;
}

/** Reads and purges what was deleted from repositories; `manifest-restoration.store.ts` brings it back. */
@Injectable()
export class TrashedManifestStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The last deleted first. */
  async list(
    repositoryId: string,
    page: { readonly days: number; readonly last?: TrashedManifestKey; readonly limit: number },
  ): Promise<{ manifest: TrashedManifest; key: TrashedManifestKey }[]> {
    const rows = await this.database.query<TrashedRow>(
      `SELECT root.id, root.digest, root.artifact_kind, root.platforms, root.total_bytes, root.reason, root.deleted_at,
         root.deleted_by, place.micros,
         (SELECT count(*)::int - 1 FROM trashed_manifests WHERE root_id = root.id) AS attached_count,
         ARRAY(SELECT tag.name FROM trashed_manifests manifest JOIN trashed_tags tag ON tag.manifest_id = manifest.id
           WHERE manifest.root_id = root.id AND NOT is_referrer_tag(tag.name) ORDER BY tag.name LIMIT ${MAX_TAGS}) AS tags
       FROM trashed_manifests root
       CROSS JOIN LATERAL (SELECT (extract(epoch FROM root.deleted_at) * 1000000)::bigint AS micros) place
       WHERE root.repository_id = $1 AND root.id = root.root_id
         AND root.deleted_at > now() - make_interval(days => $2)
         AND ($3::bigint IS NULL OR (place.micros, root.id) < ($3, $4::bigint))
       ORDER BY root.deleted_at DESC, root.id DESC LIMIT $5`,
      [repositoryId, page.days, page.last?.deletedAtMicros ?? null, page.last?.id ?? null, page.limit],
      'trashed-manifests',
    );
    return rows.map((row) => ({
      manifest: toTrashedManifest(row),
      key: { deletedAtMicros: row.micros, id: row.id },
    }));
  }

  /** The digest of an entry; undefined when it is not in the trash of this repository, or its time there is over. */
  async findDigest(
    client: SqlClient,
    repositoryId: string,
    id: string,
    days: number,
  ): Promise<string | undefined> {
    const [row] = await client.query<{ digest: string }>(
      `SELECT digest FROM trashed_manifests
       WHERE id = $2 AND repository_id = $1 AND id = root_id AND deleted_at > now() - make_interval(days => $3)
       FOR UPDATE`,
      [repositoryId, id, days],
    );
    return row?.digest;
  }

  /** The entry that holds a manifest, the last deleted if there are several. */
  async findEntryOf(
    client: SqlClient,
    repositoryId: string,
    digest: string,
    days: number,
  ): Promise<string | undefined> {
    const [row] = await client.query<{ root_id: string }>(
      `SELECT root_id FROM trashed_manifests
       WHERE repository_id = $1 AND digest = $2 AND deleted_at > now() - make_interval(days => $3)
       ORDER BY id DESC LIMIT 1`,
      [repositoryId, digest, days],
    );
    return row?.root_id;
  }

  /** Removes an entry for good; what it alone needed can be collected then. */
  async purge(client: SqlClient, id: string): Promise<void> {
    await client.query('DELETE FROM trashed_manifests WHERE root_id = $1', [id]);
  }

  /** Removes up to `limit` entries whose time is over; answers how many. */
  async purgeOver(days: number, limit: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM trashed_manifests WHERE id IN (
         SELECT id FROM trashed_manifests WHERE id = root_id AND deleted_at <= now() - make_interval(days => $1)
         ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [days, limit],
    );
    return rows.length;
  }
}

function toTrashedManifest(row: TrashedRow): TrashedManifest {
  return {
    id: row.id,
    digest: row.digest,
    artifactKind: row.artifact_kind,
    platforms: row.platforms,
    tags: row.tags,
    attachedCount: row.attached_count,
    sizeBytes: Number(row.total_bytes),
    reason: row.reason,
    deletedAt: row.deleted_at,
    deletedBy: row.deleted_by,
  };
}
