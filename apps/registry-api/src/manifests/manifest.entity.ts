import type { ImageConfig } from '@berth/oci';
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { ArtifactKind } from './artifact-kind.js';

@Entity('manifests')
export class ManifestEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  @Column({ type: 'text', collation: 'C' })
  digest!: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType!: string;

  /** As the referrers list shows it: the config's media type where the manifest names none. */
  @Column({ name: 'artifact_type', type: 'text', nullable: true })
  artifactType!: string | null;

  @Column({ name: 'subject_digest', type: 'text', collation: 'C', nullable: true })
  subjectDigest!: string | null;

  @Column({ type: 'jsonb', default: {} })
  annotations!: Record<string, string>;

  @Column({ name: 'size_bytes', type: 'integer' })
  sizeBytes!: number;

  /** As received: the digest is over these bytes. */
  @Column({ type: 'bytea' })
  bytes!: Buffer;

  @Column({ name: 'pushed_at', type: 'timestamptz', default: () => 'now()' })
  pushedAt!: Date;

  /** The principal's name at that time. */
  @Column({ name: 'pushed_by', type: 'text', default: '' })
  pushedBy!: string;

  @Column({ name: 'artifact_kind', type: 'text' })
  artifactKind!: ArtifactKind;

  /** Of config and layers, or of all children. */
  @Column({ name: 'total_bytes', type: 'bigint', default: 0 })
  totalBytes!: string;

  /** `linux/arm64/v8`. */
  @Column({ type: 'text', array: true, default: [] })
  platforms!: string[];

  /** Null for what is no image, and where the config could not be read. */
  @Column({ type: 'jsonb', nullable: true })
  config!: ImageConfig | null;

  /** Half of the ChainID of all its layers (image-spec config.md, "Layer ChainID"). */
  @Column({ name: 'chain_id', type: 'uuid', nullable: true })
  chainId!: string | null;

  /** The same of each proper beginning of its layers. */
  @Column({ name: 'base_chain_ids', type: 'uuid', array: true, default: [] })
  baseChainIds!: string[];

  /** The words of its labels and annotations. */
  @Column({ name: 'search_text', type: 'text', default: '' })
  searchText!: string;

  /** How long its tags last, by a label or annotation. */
  @Column({ name: 'expires_after_seconds', type: 'integer', nullable: true })
  expiresAfterSeconds!: number | null;
}

/** What a manifest refers to, in its own order. */
@Entity('manifest_references')
export class ManifestReferenceEntity {
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

  /** Null for a child, and for a foreign layer that Berth does not have. */
  @Column({ name: 'blob_id', type: 'bigint', nullable: true })
  blobId!: string | null;

  /** The child of an index. */
  @Column({ name: 'child_id', type: 'bigint', nullable: true })
  childId!: string | null;
}
