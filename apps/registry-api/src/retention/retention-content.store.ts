import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { matchesPatterns } from '../lifecycle/tag-patterns.js';
import type { ContentManifest, ContentTag, RepositoryContent } from './retention-content.js';

interface TagRow {
  readonly name: string;
  readonly digest: string;
  readonly sort_key: string;
  readonly held_since: Date;
  readonly last_pulled_at: Date | null;
}

interface ManifestRow {
  readonly digest: string;
  readonly subject_digest: string | null;
  readonly untagged_since: Date;
  readonly children: string[];
  /** Tags made of digests, that attach it to them. */
  readonly referrer_tags: string[];
  readonly has_own_tag: boolean;
}

const tagsSql = `
  SELECT tag.name, manifest.digest, tag.sort_key, greatest(tag.updated_at, tag.restored_at) AS held_since,
    pulls.last_pulled_at
  FROM tags tag JOIN manifests manifest ON manifest.id = tag.manifest_id
  LEFT JOIN tag_pulls pulls ON pulls.repository_id = tag.repository_id AND pulls.tag = tag.name
  WHERE tag.repository_id = $1 AND NOT tag.is_referrer`;

const manifestsSql = `
  WITH left_by AS (
    SELECT from_digest, max(moved_at) AS at FROM tag_history
    WHERE repository_id = $1 AND from_digest IS NOT NULL GROUP BY from_digest
  )
  SELECT manifest.digest, manifest.subject_digest, greatest(manifest.pushed_at, left_by.at) AS untagged_since,
    ARRAY(SELECT DISTINCT reference.digest FROM manifest_references reference
      WHERE reference.manifest_id = manifest.id AND reference.kind = 'manifest') AS children,
    ARRAY(SELECT name FROM tags WHERE manifest_id = manifest.id AND is_referrer ORDER BY name) AS referrer_tags,
    EXISTS (SELECT FROM tags WHERE manifest_id = manifest.id AND NOT is_referrer) AS has_own_tag
  FROM manifests manifest LEFT JOIN left_by ON left_by.from_digest = manifest.digest
  WHERE manifest.repository_id = $1 ORDER BY manifest.id`;

/** Blobs that what goes needs, and nothing that stays in the repository. */
const freedSql = `
  SELECT coalesce(sum(blob.size_bytes), 0) AS freed FROM blobs blob
  WHERE blob.id IN (
    SELECT reference.blob_id FROM manifests manifest
    JOIN manifest_references reference ON reference.manifest_id = manifest.id
    WHERE manifest.repository_id = $1 AND manifest.digest = ANY ($2::text[]))
  AND NOT EXISTS (
    SELECT FROM manifest_references reference JOIN manifests manifest ON manifest.id = reference.manifest_id
    WHERE reference.blob_id = blob.id AND manifest.repository_id = $1 AND manifest.digest <> ALL ($2))`;

@Injectable()
export class RetentionContentStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** All of a repository as it was at one moment; in memory without the manifests' bytes. */
  async read(
    repositoryId: string,
    immutableTags: readonly (readonly string[])[],
  ): Promise<RepositoryContent> {
    return this.database.transaction(async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const [clock] = await client.query<{ now: Date }>('SELECT now()');
      const tags = await client.query<TagRow>(tagsSql, [repositoryId]);
      const manifests = await client.query<ManifestRow>(manifestsSql, [repositoryId]);
      if (!clock) throw new Error('the clock answered no row');
      return toContent(clock.now, tags, manifests, immutableTags);
    });
  }

  /** What the repository needs no more when these go, in bytes as they are transferred. */
  async freedBytes(client: SqlClient, repositoryId: string, digests: readonly string[]): Promise<number> {
    const [row] = await client.query<{ freed: string }>(freedSql, [repositoryId, digests]);
    return Number(row?.freed ?? 0);
  }
}

function toContent(
  now: Date,
  tags: readonly TagRow[],
  manifests: readonly ManifestRow[],
  immutableTags: readonly (readonly string[])[],
): RepositoryContent {
  const present = new Set(manifests.map(({ digest }) => digest));
  const ordinary = tags.map((tag) => ({
    name: tag.name,
    digest: tag.digest,
    sortKey: tag.sort_key,
    heldSince: tag.held_since,
    lastPulledAt: tag.last_pulled_at ?? undefined,
    isImmutable: immutableTags.some((patterns) => matchesPatterns(tag.name, patterns)),
  }));
  const found = manifests.map((row) => ({ row, attachedTo: attachedTo(row, present) }));
  return {
    now,
    tags: [...ordinary, ...found.flatMap(({ row, attachedTo: of }) => (of === undefined ? asHeld(row) : []))],
    manifests: found.map(
      ({ row, attachedTo: of }): ContentManifest => ({
        digest: row.digest,
        attachedTo: of,
        children: row.children,
        untaggedSince: row.untagged_since,
      }),
    ),
  };
}

/** Of tags made of digests, only those that all name one that is there. */
function attachedTo(row: ManifestRow, present: ReadonlySet<string>): string | undefined {
  if (row.subject_digest !== null && present.has(row.subject_digest)) return row.subject_digest;
  const named = [...new Set(row.referrer_tags.map(digestOfTag))];
  const [only] = named;
  return named.length === 1 && !row.has_own_tag && only !== undefined && present.has(only) ? only : undefined;
}

function digestOfTag(tag: string): string {
  return tag.replace('-', ':').replace(/\..*$/, '');
}

/** Tags made of digests that attach it to nothing: no rule is for them, and so they keep it. */
function asHeld(row: ManifestRow): ContentTag[] {
  return row.referrer_tags.map((name) => ({
    name,
    digest: row.digest,
    sortKey: '',
    heldSince: row.untagged_since,
    isImmutable: true,
    isAttaching: true,
  }));
}
