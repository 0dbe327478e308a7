import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { isUnreferencedSql, judgedCte } from './collection-rules.js';

/** A repository's link to a blob. */
export interface BlobLink {
  readonly repositoryId: string;
  readonly blobId: string;
}

/** A blob that goes, or would. */
export interface CollectedBlob {
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Forgets links that are gone or needed, by the rows that were seen in the snapshot that judged them. */
const settleSql = `
  WITH ${judgedCte}, settled AS (
    DELETE FROM link_checks WHERE id IN (SELECT unnest(ids) FROM judged WHERE verdict = 'settled')
  )
  SELECT repository_id, blob_id FROM judged WHERE verdict = 'stale' ORDER BY blob_id, repository_id`;

/** Waits for nobody. Blobs before links, as uploads and mounts lock them. */
const lockSql = `
  WITH blob AS MATERIALIZED (
    SELECT id FROM blobs WHERE id = ANY ($2::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
  )
  SELECT link.repository_id, link.blob_id FROM unnest($1::bigint[], $2::bigint[]) AS wanted(repository_id, blob_id)
  JOIN blob ON blob.id = wanted.blob_id
  JOIN repository_blobs link ON link.repository_id = wanted.repository_id AND link.blob_id = wanted.blob_id
  FOR UPDATE OF link SKIP LOCKED`;

const unlinkSql = `
  WITH ${judgedCte}, gone AS (
    DELETE FROM repository_blobs link
    USING judged, unnest($3::bigint[], $1::bigint[]) AS locked(repository_id, blob_id)
    WHERE judged.verdict = 'stale' AND judged.repository_id = link.repository_id AND judged.blob_id = link.blob_id
      AND locked.repository_id = link.repository_id AND locked.blob_id = link.blob_id
    RETURNING judged.ids
  ), settled AS (
    DELETE FROM link_checks WHERE id IN (SELECT unnest(ids) FROM gone)
  )
  SELECT count(*)::int AS removed FROM gone`;

/** Blobs all of whose links are stale. */
const previewSql = `
  WITH ${judgedCte}, stale AS (
    SELECT blob_id, count(*) AS links FROM judged WHERE verdict = 'stale' GROUP BY 1
  )
  SELECT blob.digest, blob.size_bytes, stale.links,
    blob.link_count = stale.links AND blob.touched_at <= now() - make_interval(secs => $2::bigint)
      AND ${isUnreferencedSql('blob.id')} AS is_freed
  FROM stale JOIN blobs blob ON blob.id = stale.blob_id ORDER BY blob.id`;

/** Links of repositories to blobs that no manifest there needs. */
@Injectable()
export class LinkCollectionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** How many links there are to look at. */
  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM link_checks',
    );
    return row?.count ?? 0;
  }

  /** Blobs some of whose links are to be looked at, in the order of their ids. */
  async listBlobs(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ blob_id: string }>(
      'SELECT DISTINCT blob_id FROM link_checks WHERE blob_id > $1 ORDER BY blob_id LIMIT $2',
      [after, limit],
      'collection-checks',
    );
    return rows.map(({ blob_id }) => blob_id);
  }

  /** Answers the links of these blobs that may go, and forgets those that need not be looked at. */
  async settle(blobIds: readonly string[], graceSeconds: number): Promise<BlobLink[]> {
    const rows = await this.database.query<{ repository_id: string; blob_id: string }>(
      settleSql,
      [blobIds, graceSeconds],
      'collection-settle',
    );
    return rows.map(toLink);
  }

  /** Removes links that may still go, each in a state that is looked at once more under its lock; answers how many. */
  async unlink(links: readonly BlobLink[], graceSeconds: number): Promise<number> {
    return this.database.transaction(async (client) => {
      const locked = await this.lock(client, links);
      if (locked.length === 0) return 0;
      const [row] = await client.query<{ removed: number }>(
        unlinkSql,
        [locked.map(({ blobId }) => blobId), graceSeconds, locked.map(({ repositoryId }) => repositoryId)],
        'collection-unlink',
      );
      return row?.removed ?? 0;
    });
  }

  /** What `settle`, `unlink` and the removal of blobs would do to these blobs now. */
  async preview(
    blobIds: readonly string[],
    graceSeconds: number,
  ): Promise<{ links: number; blobs: CollectedBlob[] }> {
    const rows = await this.database.query<PreviewRow>(
      previewSql,
      [blobIds, graceSeconds],
      'collection-preview',
    );
    return {
      links: rows.reduce((sum, { links }) => sum + Number(links), 0),
      blobs: rows.filter((row) => row.is_freed).map(toCollectedBlob),
    };
  }

  private async lock(client: SqlClient, links: readonly BlobLink[]): Promise<BlobLink[]> {
    const rows = await client.query<{ repository_id: string; blob_id: string }>(
      lockSql,
      [links.map(({ repositoryId }) => repositoryId), links.map(({ blobId }) => blobId)],
      'collection-lock',
    );
    return rows.map(toLink);
  }
}

interface PreviewRow {
  readonly digest: string;
  readonly size_bytes: string;
  readonly links: string;
  readonly is_freed: boolean;
}

function toLink(row: { repository_id: string; blob_id: string }): BlobLink {
  return { repositoryId: row.repository_id, blobId: row.blob_id };
}

export function toCollectedBlob(row: { digest: string; size_bytes: string }): CollectedBlob {
  return { digest: row.digest, sizeBytes: Number(row.size_bytes) };
}
