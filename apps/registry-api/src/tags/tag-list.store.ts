import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { type RepositoryView, RepositoryViews, repositoryView } from '../access/repository-views.service.js';
import {
  type ImmutableBy,
  type ImmutableRules,
  immutableBy,
  immutableRulesSql,
} from '../lifecycle/immutable-by.js';
import type { ArtifactKind } from '../manifests/artifact-kind.js';
import { type TagOrder, type TagSort, tagSorts } from './tag-sorts.js';
import { uniqueBytesSql } from './unique-bytes.js';

/** A tag as lists show it, or a manifest without any. */
export interface ListedTag {
  readonly name?: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactKind: ArtifactKind;
  readonly artifactType?: string;
  readonly platforms: readonly string[];
  readonly sizeBytes: number;
  /** Other tags of the same manifest, by name, up to `MAX_ALIASES`. */
  readonly aliases: readonly string[];
  readonly pushedAt: Date;
  readonly pushedBy?: string;
  readonly lastPulledAt?: Date;
  readonly pullCount: number;
  /** Whether a signature is attached to it. */
  readonly isSigned: boolean;
  /** The rule that holds it where it is. */
  readonly immutableBy?: ImmutableBy;
  /** Whether an index here lists it. */
  readonly isNeededByIndex: boolean;
  /** When it ends by itself. */
  readonly expiresAt?: Date;
  /** Of blobs that nothing else in the repository uses; undefined when not asked for, or not counted. */
  readonly uniqueBytes?: number;
  /** Where it stands in the list's order. */
  readonly key: readonly string[];
}

export interface TagListPage {
  readonly sort: TagSort;
  readonly order: TagOrder;
  readonly last?: readonly string[];
  readonly limit: number;
  /** LIKE pattern of names. */
  readonly pattern?: string;
  /** Manifests that no tag and no index names as well. */
  readonly withUntagged: boolean;
  /** Also what is attached to another manifest. */
  readonly withReferrers: boolean;
  readonly withUniqueBytes: boolean;
}

const MAX_ALIASES = 20;

@Injectable()
export class TagListStore {
  constructor(@Inject(RepositoryViews) private readonly repositories: RepositoryViews) {}

  /** One round trip, whether or not there is such a repository. Throws what `authorizeApi` throws. */
  async list(requester: Requester, name: RepositoryName, page: TagListPage): Promise<ListedTag[]> {
    const { limit, pattern = null, withUntagged, withReferrers, withUniqueBytes, last = [] } = page;
    const values = [limit, pattern, withUntagged, withReferrers, withUniqueBytes, ...last];
    const { rows } = await this.repositories.query<ListedTagRow>(requester, name, viewOf(page), values);
    return rows.map(toListedTag);
  }
}

const views = new Map<string, RepositoryView>();

/** A statement for each order, and for first and further pages apart: each can follow its index. */
function viewOf({ sort, order, last }: TagListPage): RepositoryView {
  const name = `tag-list-${sort}-${order}-${last ? 'next' : 'first'}`;
  const held = views.get(name);
  if (held) return held;
  const view = makeView(name, sort, order, last !== undefined);
  views.set(name, view);
  return view;
}

/** $8 limit, $9 pattern, $10 untagged too, $11 referrers too, $12 unique bytes too, then the key of the entry before. */
function makeView(name: string, sort: TagSort, order: TagOrder, hasLast: boolean): RepositoryView {
  const { tagged, untagged, casts } = tagSorts[sort];
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const byKey = (columns: readonly string[]) => columns.map((column) => `${column} ${direction}`).join(', ');
  const last = casts.map((cast, index) => cast(`$${13 + index}`)).join(', ');
  const isAfter = (columns: readonly string[]) =>
    hasLast ? `AND (${columns.join(', ')}) ${order === 'asc' ? '>' : '<'} (${last})` : '';
  const keyNames = casts.map((_, index) => `key_${index}`);
  const named = (columns: readonly string[]) =>
    columns.map((column, index) => `${column} AS key_${index}`).join(', ');
  return repositoryView(
    name,
    (isShown) => `
      WITH RECURSIVE page AS MATERIALIZED (
        SELECT repository.id AS listed_in, manifest.id AS manifest_id, entry.name, manifest.digest, manifest.media_type,
          manifest.artifact_kind, manifest.artifact_type, manifest.platforms, entry.size_bytes, entry.pushed_at, entry.pushed_by, pulls.last_pulled_at,
          coalesce(pulls.pull_count, 0) AS pull_count,
          ARRAY(SELECT other.name FROM tags other WHERE other.manifest_id = manifest.id AND NOT other.is_referrer
            AND other.name IS DISTINCT FROM entry.name ORDER BY other.name LIMIT ${MAX_ALIASES}) AS aliases,
          (${isSignedSql}) AS is_signed, ${immutableRulesSql('entry.name')} AS immutable_by,
          EXISTS (SELECT FROM manifest_references WHERE child_id = manifest.id) AS is_needed_by_index,
          tag_expiry(repository.id, entry.name, greatest(entry.pushed_at, entry.restored_at), entry.expires_at) AS expires_at,
          ARRAY[${tagSorts[sort].texts(keyNames.map((key) => `entry.${key}`)).join(', ')}] AS key, entry.position
        FROM repositories repository
        CROSS JOIN LATERAL (
          SELECT either.*, row_number() OVER (ORDER BY ${byKey(keyNames)}) AS position FROM (
            (SELECT tag.name, tag.manifest_id, tag.size_bytes, tag.updated_at AS pushed_at, tag.pushed_by, tag.expires_at,
               tag.restored_at, ${named(tagged)}
             FROM tags tag
             WHERE tag.repository_id = repository.id AND (NOT tag.is_referrer OR $11::boolean)
               AND ($9::text IS NULL OR tag.name ILIKE $9) ${isAfter(tagged)}
             ORDER BY ${byKey(tagged)} LIMIT $8)
            UNION ALL
            (SELECT NULL, untagged.id, untagged.total_bytes, untagged.pushed_at, untagged.pushed_by, NULL,
               NULL, ${named(untagged)}
             FROM manifests untagged
             WHERE $10::boolean AND untagged.repository_id = repository.id
               AND NOT EXISTS (SELECT FROM tags WHERE tags.manifest_id = untagged.id)
               AND NOT EXISTS (SELECT FROM manifest_references parent WHERE parent.child_id = untagged.id)
               AND (untagged.subject_digest IS NULL OR $11)
               AND ($9 IS NULL OR untagged.digest ILIKE $9) ${isAfter(untagged)}
             ORDER BY ${byKey(untagged)} LIMIT $8)
          ) either ORDER BY ${byKey(keyNames)} LIMIT $8
        ) entry
        JOIN manifests manifest ON manifest.id = entry.manifest_id
        LEFT JOIN tag_pulls pulls ON pulls.repository_id = repository.id AND pulls.tag = entry.name
        WHERE ${isShown}
      ), ${uniqueBytesSql('$12')}
      SELECT page.*, CASE WHEN counting.is_on THEN coalesce(alone.bytes, 0) END AS unique_bytes
      FROM page CROSS JOIN counting LEFT JOIN alone ON alone.image_id = page.manifest_id`,
    'found.position',
  );
}

/** By the spec's `subject`, or by the tag that cosign names after the digest. */
const isSignedSql = `
  EXISTS (SELECT FROM manifests signature
    WHERE signature.repository_id = repository.id AND signature.subject_digest = manifest.digest
      AND signature.artifact_kind = 'signature')
  OR EXISTS (SELECT FROM tags signature
    WHERE signature.repository_id = repository.id AND signature.name = replace(manifest.digest, ':', '-') || '.sig')`;

interface ListedTagRow {
  readonly name: string | null;
  readonly digest: string;
  readonly media_type: string;
  readonly artifact_kind: ArtifactKind;
  readonly artifact_type: string | null;
  readonly platforms: string[];
  readonly size_bytes: string;
  readonly pushed_at: Date;
  readonly pushed_by: string;
  readonly last_pulled_at: Date | null;
  readonly pull_count: string;
  readonly aliases: string[];
  readonly is_signed: boolean;
  readonly immutable_by: ImmutableRules | null;
  readonly is_needed_by_index: boolean;
  readonly expires_at: Date | null;
  readonly unique_bytes: string | null;
  readonly key: string[];
}

function toListedTag(row: ListedTagRow): ListedTag {
  return {
    name: row.name ?? undefined,
    digest: row.digest,
    mediaType: row.media_type,
    artifactKind: row.artifact_kind,
    artifactType: row.artifact_type ?? undefined,
    platforms: row.platforms,
    sizeBytes: Number(row.size_bytes),
    aliases: row.aliases,
    pushedAt: row.pushed_at,
    pushedBy: row.pushed_by || undefined,
    lastPulledAt: row.last_pulled_at ?? undefined,
    pullCount: Number(row.pull_count),
    isSigned: row.is_signed,
    immutableBy: immutableBy(row.name ?? '', row.immutable_by ?? []),
    isNeededByIndex: row.is_needed_by_index,
    expiresAt: row.expires_at ?? undefined,
    uniqueBytes: row.unique_bytes === null ? undefined : Number(row.unique_bytes),
    key: row.key,
  };
}
