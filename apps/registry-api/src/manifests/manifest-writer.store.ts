import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient, violatedReference } from '../database/database.js';
import { limits } from '../limits.js';
import { type ManifestReference, referenceKey, referencesOf } from './manifest-references.js';
import { type Mover, type NewManifest, writeParameters, writeSql } from './manifest-write.js';

/** What kept a manifest from being written: nothing of it was. */
export type Unwritten =
  | { readonly kind: 'missing'; readonly blobs: string[]; readonly manifests: string[] }
  | { readonly kind: 'too-deep' };

/** Content of the repository that a manifest refers to. */
interface ResolvedRow {
  readonly kind: 'blob' | 'manifest';
  readonly digest: string;
  readonly id: string;
  /** Whether it is an index that names something, whatever the reference says of its media type. */
  readonly has_children: boolean;
}

/**
 * Writes manifests and deletes them, each in one transaction. Round trips of a push: BEGIN, resolve, write, COMMIT,
 * and one more for an index of indexes.
 */
@Injectable()
export class ManifestWriterStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insert(manifest: NewManifest): Promise<Unwritten | undefined> {
    return this.database.transaction(async (client) => {
      const references = referencesOf(manifest.parsed);
      const resolved = await resolve(client, manifest, references);
      const missing = references.filter(
        ({ kind, digest }) => kind !== 'foreign' && !resolved.has(referenceKey(kind, digest)),
      );
      if (missing.length > 0) return { kind: 'missing', ...byKind(missing) } as const;
      if (await isTooDeep(client, resolved.values())) return { kind: 'too-deep' } as const;
      await client.query(writeSql, writeParameters(manifest, references, resolved), 'manifest-write');
      return undefined;
    });
  }

  /**
   * Deletes a manifest and its tags unless an index there needs it; answers the indexes that do. A push that tags or
   * lists the manifest at the same moment makes Postgres refuse the statement: then it looks again.
   */
  async delete(
    repositoryId: string,
    digest: Digest,
    mover: Mover,
    triesLeft = 3,
  ): Promise<{ isDeleted: boolean; parents: string[] }> {
    const values = [repositoryId, digest.text, mover.name, mover.credential];
    try {
      const [row] = await this.database.query<{ is_deleted: boolean; parents: string[] }>(
        deleteSql,
        values,
        'manifest-delete',
      );
      return { isDeleted: row?.is_deleted ?? false, parents: row?.parents ?? [] };
    } catch (error) {
      if (violatedReference(error) === undefined || triesLeft === 1) throw error;
      return this.delete(repositoryId, digest, mover, triesLeft - 1);
    }
  }

  /** Removes one tag and writes its history; false when there was none. */
  async deleteTag(repositoryId: string, tag: string, mover: Mover): Promise<boolean> {
    return this.database.transaction(async (client) => {
      await client.query(`SELECT ${tagLock('$2::text')}`, [repositoryId, tag], 'tag-lock');
      const values = [repositoryId, tag, mover.name, mover.credential];
      return (await client.query(deleteTagSql, values, 'tag-delete')).length > 0;
    });
  }
}

/** Keeps a tag of repository $1, whether there or not, to one transaction: its history has no gap. */
function tagLock(tag: string): string {
  return `pg_advisory_xact_lock(hashtextextended($1::bigint || ':' || ${tag}, 0))`;
}

/**
 * Finds the content that the manifest refers to, locked so that nothing can take it before the commit (a blob's link
 * too: deleting a blob from a repository removes only that), and takes the tags' locks, in one order everywhere.
 */
const resolveSql = `
  WITH locked AS MATERIALIZED (
    SELECT ${tagLock('tag')} FROM unnest($4::text[]) tag
  ), blob AS MATERIALIZED (
    SELECT b.id, b.digest FROM blobs b JOIN repository_blobs link ON link.blob_id = b.id
    WHERE link.repository_id = $1 AND b.digest = ANY ($2::text[]) AND b.damaged_at IS NULL FOR KEY SHARE OF b, link
  ), manifest AS MATERIALIZED (
    SELECT id, digest FROM manifests WHERE repository_id = $1 AND digest = ANY ($3::text[]) FOR KEY SHARE
  )
  SELECT 'blob' AS kind, digest, id, false AS has_children FROM blob
  UNION ALL SELECT 'manifest', digest, id, EXISTS (
    SELECT FROM manifest_references reference WHERE reference.manifest_id = manifest.id AND reference.kind = 'manifest'
  ) FROM manifest
  UNION ALL SELECT 'lock', '', NULL, false FROM locked`;

async function resolve(
  client: SqlClient,
  manifest: NewManifest,
  references: readonly ManifestReference[],
): Promise<Map<string, ResolvedRow>> {
  const { blobs, manifests } = byKind(references);
  const values = [manifest.repositoryId, blobs, manifests, [...manifest.tags].sort()];
  const rows = await client.query<ResolvedRow>(resolveSql, values, 'manifest-resolve');
  return new Map(rows.map((row) => [referenceKey(row.kind, row.digest), row]));
}

/**
 * Whether indexes would lie more than `limits.indexDepth` levels within each other; visits each manifest once a level
 * at most. The lowest level is that of the images.
 */
async function isTooDeep(client: SqlClient, resolved: Iterable<ResolvedRow>): Promise<boolean> {
  const indexes = [...resolved].filter((row) => row.has_children).map(({ id }) => id);
  if (indexes.length === 0) return false;
  const [row] = await client.query<{ depth: number }>(
    `WITH RECURSIVE descendant(id, depth) AS (
       SELECT id, 2 FROM unnest($1::bigint[]) id
       UNION
       SELECT reference.child_id, descendant.depth + 1 FROM descendant
       JOIN manifest_references reference ON reference.manifest_id = descendant.id
       WHERE reference.child_id IS NOT NULL AND descendant.depth <= $2
     )
     SELECT max(depth) AS depth FROM descendant`,
    [indexes, limits.indexDepth],
    'index-depth',
  );
  return (row?.depth ?? 0) > limits.indexDepth + 1;
}

const deleteTagSql = `
  WITH removed AS (
    DELETE FROM tags WHERE repository_id = $1 AND name = $2 RETURNING manifest_id
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, $2, manifest.digest, NULL, $3, $4 FROM removed JOIN manifests manifest ON manifest.id = removed.manifest_id
  )
  SELECT manifest_id FROM removed`;

const deleteSql = `
  WITH target AS (
    SELECT id, digest FROM manifests WHERE repository_id = $1 AND digest = $2 FOR UPDATE
  ), parent AS (
    SELECT DISTINCT m.digest FROM target
    JOIN manifest_references reference ON reference.child_id = target.id
    JOIN manifests m ON m.id = reference.manifest_id
    LIMIT 10
  ), untagged AS (
    DELETE FROM tags USING target WHERE tags.manifest_id = target.id AND NOT EXISTS (SELECT FROM parent) RETURNING tags.name
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, name, $2, NULL, $3, $4 FROM untagged
  ), deleted AS (
    DELETE FROM manifests USING target WHERE manifests.id = target.id AND NOT EXISTS (SELECT FROM parent) RETURNING manifests.id
  )
  SELECT EXISTS (SELECT FROM deleted) AS is_deleted, ARRAY(SELECT digest FROM parent) AS parents`;

function byKind(references: readonly ManifestReference[]): { blobs: string[]; manifests: string[] } {
  const digestsOf = (wanted: ManifestReference['kind']) => [
    ...new Set(references.filter(({ kind }) => kind === wanted).map(({ digest }) => digest)),
  ];
  return { blobs: digestsOf('blob'), manifests: digestsOf('manifest') };
}
