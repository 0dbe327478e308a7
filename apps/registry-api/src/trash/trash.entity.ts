import type { ImageConfig } from '@berth/oci';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ArtifactKind } from '../manifests/artifact-kind.js';

/** Why something was deleted: by somebody, by a rule, or because its time was over. */
export const trashReasons = ['deleted', 'retention', 'expired'] as const;
export type TrashReason = (typeof trashReasons)[number];

/** A deleted manifest as it was in `ManifestEntity`, under the same id. */
@Entity('trashed_manifests')
export class TrashedManifestEntity {
  @PrimaryColumn({ type: 'bigint' })
  readonly id!: string;

  /** What was deleted by name: itself, or the manifest with which it went. */
  @Column({ name: 'root_id', type: 'bigint' })
  rootId!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  @Column({ type: 'text', collation: 'C' })
  digest!: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType!: string;

  @Column({ name: 'artifact_type', type: 'text', nullable: true })
  artifactType!: string | null;

  @Column({ name: 'subject_digest', type: 'text', collation: 'C', nullable: true })
  subjectDigest!: string | null;

  @Column({ type: 'jsonb' })
  annotations!: Record<string, string>;

  @Column({ name: 'size_bytes', type: 'integer' })
  sizeBytes!: number;

  @Column({ type: 'bytea' })
  bytes!: Buffer;

  @Column({ name: 'pushed_at', type: 'timestamptz' })
  pushedAt!: Date;

  @Column({ name: 'pushed_by', type: 'text' })
  pushedBy!: string;

  @Column({ name: 'artifact_kind', type: 'text' })
  artifactKind!: ArtifactKind;

  @Column({ name: 'total_bytes', type: 'bigint' })
  totalBytes!: string;

  @Column({ type: 'text', array: true })
  platforms!: string[];

  @Column({ type: 'jsonb', nullable: true })
  config!: ImageConfig | null;

  @Column({ name: 'chain_id', type: 'uuid', nullable: true })
  chainId!: string | null;

  @Column({ name: 'base_chain_ids', type: 'uuid', array: true })
  baseChainIds!: string[];

  @Column({ name: 'search_text', type: 'text' })
  searchText!: string;

  @Column({ name: 'expires_after_seconds', type: 'integer', nullable: true })
  expiresAfterSeconds!: number | null;

  @Column({ name: 'deleted_at', type: 'timestamptz', default: () => 'now()' })
  deletedAt!: Date;

  /** The principal's name at that time. */
  @Column({ name: 'deleted_by', type: 'text' })
  deletedBy!: string;

  @Column({ type: 'text' })
  reason!: TrashReason;
}

/** What a manifest in trash refers to. Children are found by their digest when it is restored. */
@Entity('trashed_references')
export class TrashedReferenceEntity {
  @PrimaryColumn({ name: 'manifest_id', type: 'bigint' })
  readonly manifestId!: string;

  @PrimaryColumn({ type: 'integer' })
  readonly position!: number;

  @Column({ type: 'text' })
  kind!: 'config' | 'layer' | 'manifest';

  @Column({ type: 'text', collation: 'C' })
  digest!: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType!: string;

  @Column({ name: 'size_bytes', type: 'bigint' })
  sizeBytes!: string;

  /** Not to be collected. */
  @Column({ name: 'blob_id', type: 'bigint', nullable: true })
  blobId!: string | null;
}

/** A tag that went with its manifest. */
@Entity('trashed_tags')
export class TrashedTagEntity {
  @PrimaryColumn({ name: 'manifest_id', type: 'bigint' })
  readonly manifestId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column({ name: 'pushed_by', type: 'text' })
  pushedBy!: string;
}
