import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A blob, kept once for all repositories that link it. */
@Entity('blobs')
export class BlobEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'text', collation: 'C' })
  digest!: string;

  @Column({ name: 'size_bytes', type: 'bigint' })
  sizeBytes!: string;

  /** Where the store has it: the key of the upload that brought it. */
  @Column({ name: 'storage_key', type: 'text', collation: 'C' })
  storageKey!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  /** When an upload or a mount last brought it; collection waits from then on. */
  @Column({ name: 'touched_at', type: 'timestamptz', default: () => 'now()' })
  touchedAt!: Date;

  /** Since when the store's bytes are known to be wrong. */
  @Column({ name: 'damaged_at', type: 'timestamptz', nullable: true })
  damagedAt!: Date | null;

  /** How many repositories link it; kept by triggers. */
  @Column({ name: 'link_count', type: 'bigint', default: 0 })
  linkCount!: string;

  /** In how many namespaces those are. */
  @Column({ name: 'namespace_count', type: 'bigint', default: 0 })
  namespaceCount!: string;
}

/** A repository through which a blob can be read. */
@Entity('repository_blobs')
export class RepositoryBlobEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ name: 'blob_id', type: 'bigint' })
  readonly blobId!: string;

  @Column({ name: 'linked_at', type: 'timestamptz', default: () => 'now()' })
  readonly linkedAt!: Date;

  /** When somebody who may push last brought, mounted or asked for it; collection waits from then on. */
  @Column({ name: 'touched_at', type: 'timestamptz', default: () => 'now()' })
  touchedAt!: Date;
}
