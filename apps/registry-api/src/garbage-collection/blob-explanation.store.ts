import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { isNeededSql, isStaleSql } from './collection-rules.js';

/** Why one repository keeps a blob, or since when it does not any more. */
export interface KeepingRepository {
  readonly name: string;
  /** When it was deleted, if it is in trash. */
  readonly deletedAt?: Date;
  readonly touchedAt: Date;
  /** A manifest of it, or of its trash, needs the blob. */
  readonly isNeeded: boolean;
  /** The next collection removes the link. */
  readonly isStale: boolean;
  readonly manifests: readonly { readonly digest: string; readonly tags: readonly string[] }[];
  readonly trash: readonly { readonly digest: string; readonly deletedAt: Date }[];
}

export interface BlobFacts {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly createdAt: Date;
  readonly touchedAt: Date;
  readonly damagedAt?: Date;
  readonly repositoryCount: number;
  /** Up to `SHOWN`, by name. */
  readonly repositories: readonly KeepingRepository[];
}

const SHOWN = 50;
const SHOWN_MANIFESTS = 20;

const explainSql = `
  SELECT repository.name, repository.deleted_at, link.touched_at,
    ${isNeededSql('link.repository_id', 'link.blob_id')} AS is_needed,
    ${isStaleSql('link', '(SELECT max(used_at) FROM link_checks used WHERE used.blob_id = link.blob_id AND used.repository_id = link.repository_id)', '$2::bigint')} AS is_stale,
    (SELECT coalesce(json_agg(found), '[]') FROM (
      SELECT manifest.digest, ARRAY(SELECT tag.name FROM tags tag WHERE tag.manifest_id = manifest.id ORDER BY tag.name
        LIMIT ${SHOWN_MANIFESTS}) AS tags
      FROM manifests manifest WHERE manifest.repository_id = link.repository_id
        AND EXISTS (SELECT FROM manifest_references reference
          WHERE reference.manifest_id = manifest.id AND reference.blob_id = link.blob_id)
      ORDER BY manifest.pushed_at DESC LIMIT ${SHOWN_MANIFESTS}) found) AS manifests,
    (SELECT coalesce(json_agg(found), '[]') FROM (
      SELECT manifest.digest, manifest.deleted_at FROM trashed_manifests manifest
      WHERE manifest.repository_id = link.repository_id
        AND EXISTS (SELECT FROM trashed_references reference
          WHERE reference.manifest_id = manifest.id AND reference.blob_id = link.blob_id)
      ORDER BY manifest.deleted_at DESC LIMIT ${SHOWN_MANIFESTS}) found) AS trash
  FROM repository_blobs link JOIN repositories repository ON repository.id = link.repository_id
  WHERE link.blob_id = $1 ORDER BY repository.name, repository.id LIMIT ${SHOWN}`;

@Injectable()
export class BlobExplanationStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(digest: string, graceSeconds: number): Promise<BlobFacts | undefined> {
    const [blob] = await this.database.query<BlobRow>(
      'SELECT id, digest, size_bytes, created_at, touched_at, damaged_at, link_count FROM blobs WHERE digest = $1',
      [digest],
    );
    if (!blob) return undefined;
    const rows = await this.database.query<LinkRow>(explainSql, [blob.id, graceSeconds]);
    return {
      digest: blob.digest,
      sizeBytes: Number(blob.size_bytes),
      createdAt: blob.created_at,
      touchedAt: blob.touched_at,
      damagedAt: blob.damaged_at ?? undefined,
      repositoryCount: Number(blob.link_count),
      repositories: rows.map(toRepository),
    };
  }

  /** The blob has gone from the table, and its bytes are being removed. */
  async isBeingRemoved(digest: string): Promise<boolean> {
    const rows = await this.database.query('SELECT FROM removed_blobs WHERE digest = $1 LIMIT 1', [digest]);
    return rows.length > 0;
  }
}

interface BlobRow {
  readonly id: string;
  readonly digest: string;
  readonly size_bytes: string;
  readonly created_at: Date;
  readonly touched_at: Date;
  readonly damaged_at: Date | null;
  readonly link_count: string;
}

interface LinkRow {
  readonly name: string;
  readonly deleted_at: Date | null;
  readonly touched_at: Date;
  readonly is_needed: boolean;
  readonly is_stale: boolean;
  readonly manifests: { digest: string; tags: string[] }[];
  readonly trash: { digest: string; deleted_at: string }[];
}

function toRepository(row: LinkRow): KeepingRepository {
  return {
    name: row.name,
    deletedAt: row.deleted_at ?? undefined,
    touchedAt: row.touched_at,
    isNeeded: row.is_needed,
    isStale: row.is_stale,
    manifests: row.manifests,
    trash: row.trash.map(({ digest, deleted_at }) => ({ digest, deletedAt: new Date(deleted_at) })),
  };
}
