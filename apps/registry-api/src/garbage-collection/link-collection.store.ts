import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { isUnreferencedSql, judgedCte } from './collection-rules.js';

/** Links that one statement looks at. */
export const LOOK = 1000;

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

/** A blob with links that may go. */
export interface StaleBlob extends CollectedBlob {
  readonly blobId: string;
  readonly staleLinks: number;
  /** Of all repositories. */
  readonly links: number;
  /** It goes with the last of its links. */
  readonly isFree: boolean;
}

/** Forgets links that are gone or needed, by the rows that were seen in the snapshot that judged them. */
const settleSql = `
  WITH ${judgedCte}, settled AS (
    DELETE FROM link_checks WHERE id = ANY (ARRAY(SELECT unnest(ids) FROM judged WHERE verdict = 'settled'))
  )
  SELECT repository_id, blob_id FROM judged WHERE verdict = 'stale' ORDER BY blob_id, repository_id`;

/** Waits for nobody. Blobs before links, as uploads and mounts lock them. */
const lockSql = `
  WITH blob AS MATERIALIZED (
    SELECT id FROM blobs WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
  )
  SELECT link.repository_id, link.blob_id FROM unnest($1::bigint[], $2::bigint[]) AS wanted(blob_id, repository_id)
  JOIN blob ON blob.id = wanted.blob_id
  JOIN repository_blobs link ON link.repository_id = wanted.repository_id AND link.blob_id = wanted.blob_id
  FOR UPDATE OF link SKIP LOCKED`;

const unlinkSql = `
  WITH ${judgedCte}, gone AS (
    DELETE FROM repository_blobs link USING judged
    WHERE judged.verdict = 'stale' AND judged.repository_id = link.repository_id AND judged.blob_id = link.blob_id
    RETURNING judged.ids
  ), settled AS (
    DELETE FROM link_checks WHERE id = ANY (ARRAY(SELECT unnest(ids) FROM gone))
  )
  SELECT count(*)::int AS removed FROM gone`;

const previewSql = `
  WITH ${judgedCte}, stale AS (
    SELECT blob_id, count(*) AS links FROM judged WHERE verdict = 'stale' GROUP BY 1
  )
  SELECT blob.id, blob.digest, blob.size_bytes, blob.link_count, stale.links,
    blob.touched_at <= now() - make_interval(secs => $1::bigint) AND ${isUnreferencedSql('blob.id')} AS is_free
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

  /** The next `LOOK` links to look at, in the order of blobs and then of repositories. */
  async listNext(after: BlobLink): Promise<BlobLink[]> {
    const rows = await this.database.query<LinkRow>(
      `SELECT DISTINCT blob_id, repository_id FROM link_checks WHERE (blob_id, repository_id) > ($1, $2)
       ORDER BY blob_id, repository_id LIMIT ${LOOK}`,
      [after.blobId, after.repositoryId],
      'collection-checks',
    );
    return rows.map(toLink);
  }

  /** Answers the links of these that may go, and forgets those that need not be looked at. */
  async settle(links: readonly BlobLink[], graceSeconds: number): Promise<BlobLink[]> {
    const rows = await this.database.query<LinkRow>(
      settleSql,
      [graceSeconds, ...columnsOf(links)],
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
        [graceSeconds, ...columnsOf(locked)],
        'collection-unlink',
      );
      return row?.removed ?? 0;
    });
  }

  /** What `settle` and `unlink` would do to these links now, by blob in the order of their ids. */
  async preview(links: readonly BlobLink[], graceSeconds: number): Promise<StaleBlob[]> {
    const rows = await this.database.query<PreviewRow>(
      previewSql,
      [graceSeconds, ...columnsOf(links)],
      'collection-preview',
    );
    return rows.map((row) => ({
      ...toCollectedBlob(row),
      blobId: row.id,
      staleLinks: Number(row.links),
      links: Number(row.link_count),
      isFree: row.is_free,
    }));
  }

  private async lock(client: SqlClient, links: readonly BlobLink[]): Promise<BlobLink[]> {
    const rows = await client.query<LinkRow>(lockSql, columnsOf(links), 'collection-lock');
    return rows.map(toLink);
  }
}

interface LinkRow {
  readonly repository_id: string;
  readonly blob_id: string;
}

interface PreviewRow {
  readonly id: string;
  readonly digest: string;
  readonly size_bytes: string;
  readonly links: string;
  readonly link_count: string;
  readonly is_free: boolean;
}

function toLink(row: LinkRow): BlobLink {
  return { repositoryId: row.repository_id, blobId: row.blob_id };
}

function columnsOf(links: readonly BlobLink[]): [blobIds: string[], repositoryIds: string[]] {
  return [links.map(({ blobId }) => blobId), links.map(({ repositoryId }) => repositoryId)];
}

export function toCollectedBlob(row: { digest: string; size_bytes: string }): CollectedBlob {
  return { digest: row.digest, sizeBytes: Number(row.size_bytes) };
}
