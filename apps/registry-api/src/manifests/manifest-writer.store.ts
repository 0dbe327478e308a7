import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { TagImmutable } from '../errors/domain-errors.js';
import { PushProgress } from '../events/push-progress.js';
import { limits } from '../limits.js';
import { tagLock } from '../tags/tag-lock.js';
import { type ManifestReference, referenceKey, referencesOf } from './manifest-references.js';
import { type NewManifest, writeParameters, writeSql } from './manifest-write.js';

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
 * Writes manifests, each in one transaction. Round trips of a push: BEGIN, resolve, write, COMMIT,
 * and one more for an index of indexes.
 */
@Injectable()
export class ManifestWriterStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PushProgress) private readonly progress: PushProgress,
  ) {}

  /** Throws `TagImmutable`. */
  async insert(manifest: NewManifest): Promise<Unwritten | undefined> {
    const references = referencesOf(manifest.parsed);
    const unwritten = await this.database.transaction(async (client) => {
      const resolved = await resolve(client, manifest, references);
      const missing = references.filter(
        ({ kind, digest }) => kind !== 'foreign' && !resolved.has(referenceKey(kind, digest)),
      );
      if (missing.length > 0) return { kind: 'missing', ...byKind(missing) } as const;
      if (await isTooDeep(client, resolved.values())) return { kind: 'too-deep' } as const;
      const [written] = await client.query<{ refused: string[] }>(
        writeSql,
        writeParameters(manifest, references, resolved),
        'manifest-write',
      );
      if (written && written.refused.length > 0) throw new TagImmutable(written.refused, 'moved');
      return undefined;
    });
    if (!unwritten) this.progress.pushed(manifest.repositoryId, byKind(references).blobs);
    return unwritten;
  }
}

/**
 * Takes the tags' locks, first and in one order everywhere, and finds the content that the manifest refers to, locked
 * so that nothing can take it before the commit (a blob's link too: deleting a blob from a repository removes only
 * that).
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
  SELECT 'lock' AS kind, '' AS digest, NULL::bigint AS id, false AS has_children FROM locked
  UNION ALL SELECT 'blob', digest, id, false FROM blob
  UNION ALL SELECT 'manifest', digest, id, EXISTS (
    SELECT FROM manifest_references reference WHERE reference.manifest_id = manifest.id AND reference.kind = 'manifest'
  ) FROM manifest`;

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
  const levels = limits.indexDepth + 1;
  const [row] = await client.query<{ depth: number }>(
    `WITH RECURSIVE descendant(id, depth) AS (
       SELECT id, 2 FROM unnest($1::bigint[]) id
       UNION
       SELECT reference.child_id, descendant.depth + 1 FROM descendant
       JOIN manifest_references reference ON reference.manifest_id = descendant.id
       WHERE reference.child_id IS NOT NULL AND descendant.depth <= $2
     )
     SELECT max(depth) AS depth FROM descendant`,
    [indexes, levels],
    'index-depth',
  );
  return (row?.depth ?? 0) > levels;
}

function byKind(references: readonly ManifestReference[]): { blobs: string[]; manifests: string[] } {
  const digestsOf = (wanted: ManifestReference['kind']) => [
    ...new Set(references.filter(({ kind }) => kind === wanted).map(({ digest }) => digest)),
  ];
  return { blobs: digestsOf('blob'), manifests: digestsOf('manifest') };
}
