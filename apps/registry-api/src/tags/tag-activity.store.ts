import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Requester } from '../access/credential.js';
import { RepositoryViews, repositoryView } from '../access/repository-views.service.js';

/** One move of a tag. */
export interface TagMove {
  readonly id: string;
  readonly tag: string;
  /** Null when it was made. */
  readonly fromDigest: string | null;
  /** Null when it was deleted. */
  readonly toDigest: string | null;
  readonly movedAt: Date;
  readonly movedBy: string;
  readonly credential: string;
  /** Whether the tag can be pointed where it pointed before, and does not already. */
  readonly isRestorable: boolean;
}

const LAST_ID = '9223372036854775807';

/** $8 id of the move before, $9 limit, $10 tag. */
function activityView(name: string, which: string) {
  return repositoryView(
    name,
    (isShown) => `
      SELECT move.id, move.tag, move.from_digest, move.to_digest, move.moved_at, move.moved_by, move.credential,
        EXISTS (
          SELECT FROM manifests manifest
          WHERE manifest.repository_id = repository.id AND manifest.digest = coalesce(move.from_digest, move.to_digest)
            AND NOT EXISTS (SELECT FROM tags WHERE tags.repository_id = repository.id AND tags.name = move.tag
              AND tags.manifest_id = manifest.id)
        ) AS is_restorable,
        EXISTS (
          SELECT FROM trashed_manifests trashed
          WHERE trashed.repository_id = repository.id AND trashed.digest = coalesce(move.from_digest, move.to_digest)
            AND NOT EXISTS (SELECT FROM manifests manifest
              WHERE manifest.repository_id = repository.id AND manifest.digest = trashed.digest)
        ) AS is_in_trash
      FROM repositories repository
      CROSS JOIN LATERAL (
        SELECT * FROM tag_history
        WHERE tag_history.repository_id = repository.id AND tag_history.id < $8::bigint ${which}
        ORDER BY tag_history.id DESC LIMIT $9
      ) move
      WHERE ${isShown}`,
    'found.id DESC',
  );
}

const ofRepository = activityView('tag-activity', '');
const ofOneTag = activityView('tag-activity-of-one', 'AND tag_history.tag = $10::text');
/** The last move of each tag that is gone, whose manifest is not. Tags by which clients attach things are not counted as such. */
const ofDeletedTags = activityView(
  'tag-activity-of-deleted',
  `AND tag_history.to_digest IS NULL AND ($10::text IS NULL OR tag_history.tag = $10)
    AND NOT is_referrer_tag(tag_history.tag)
    AND EXISTS (SELECT FROM manifests
      WHERE manifests.repository_id = repository.id AND manifests.digest = tag_history.from_digest)
    AND NOT EXISTS (SELECT FROM tag_history later
      WHERE later.repository_id = repository.id AND later.tag = tag_history.tag AND later.id > tag_history.id)`,
);

/** $8 tag, $9 time. */
const atTime = repositoryView(
  'tag-at',
  (isShown) => `
    SELECT move.to_digest AS digest, move.moved_at, move.moved_by,
      EXISTS (SELECT FROM manifests WHERE repository_id = repository.id AND digest = move.to_digest) AS is_there
    FROM repositories repository
    CROSS JOIN LATERAL (
      SELECT * FROM tag_history
      WHERE tag_history.repository_id = repository.id AND tag_history.tag = $8::text AND tag_history.moved_at <= $9::timestamptz
      ORDER BY tag_history.id DESC LIMIT 1
    ) move
    WHERE move.to_digest IS NOT NULL AND ${isShown}`,
);

/** Where a tag pointed at some time. */
export interface TagAt {
  readonly digest: string;
  readonly since: Date;
  readonly movedBy: string;
  /** Whether the manifest still is. */
  readonly isThere: boolean;
}

@Injectable()
export class TagActivityStore {
  constructor(
    @Inject(RepositoryViews) private readonly repositories: RepositoryViews,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** Undefined when there was no such tag then. One round trip. Throws what `authorizeApi` throws. */
  async findAt(
    requester: Requester,
    name: RepositoryName,
    tag: string,
    at: Date,
  ): Promise<TagAt | undefined> {
    const { rows } = await this.repositories.query<TagAtRow>(requester, name, atTime, [tag, at]);
    const [row] = rows;
    return row && { digest: row.digest, since: row.moved_at, movedBy: row.moved_by, isThere: row.is_there };
  }

  /**
   * The newest first, of one tag or all; `isDeleted`: of tags that can be put back on a manifest that is there. One
   * round trip. Throws what `authorizeApi` throws.
   */
  async list(
    requester: Requester,
    name: RepositoryName,
    page: {
      readonly tag?: string;
      readonly isDeleted: boolean;
      readonly last?: string;
      readonly limit: number;
    },
  ): Promise<TagMove[]> {
    const { tag, isDeleted } = page;
    const view = isDeleted ? ofDeletedTags : tag === undefined ? ofRepository : ofOneTag;
    const values = [page.last ?? LAST_ID, page.limit, ...(view === ofRepository ? [] : [tag ?? null])];
    const { facts, rows } = await this.repositories.query<TagMoveRow>(requester, name, view, values);
    const seesTrash = this.access.allows(facts, 'push') && this.access.allows(facts, 'delete');
    return rows.map((row) => toTagMove(row, seesTrash));
  }
}

interface TagAtRow {
  readonly digest: string;
  readonly moved_at: Date;
  readonly moved_by: string;
  readonly is_there: boolean;
}

interface TagMoveRow {
  readonly id: string;
  readonly tag: string;
  readonly from_digest: string | null;
  readonly to_digest: string | null;
  readonly moved_at: Date;
  readonly moved_by: string;
  readonly credential: string;
  readonly is_restorable: boolean;
  readonly is_in_trash: boolean;
}

function toTagMove(row: TagMoveRow, seesTrash: boolean): TagMove {
  return {
    id: row.id,
    tag: row.tag,
    fromDigest: row.from_digest,
    toDigest: row.to_digest,
    movedAt: row.moved_at,
    movedBy: row.moved_by,
    credential: row.credential,
    isRestorable: row.is_restorable || (seesTrash && row.is_in_trash),
  };
}
