import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A link of a repository to a blob that a collection has to look at; written by triggers. */
@Entity('link_checks')
export class LinkCheckEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @Column({ name: 'blob_id', type: 'bigint' })
  readonly blobId!: string;

  /** When the manifest was pushed that used the link and is gone; null for a link that is new. */
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true })
  readonly usedAt!: Date | null;
}

/** An object that is still to be removed from the store; its blob has gone. */
@Entity('removed_blobs')
export class RemovedBlobEntity {
  @PrimaryColumn({ name: 'storage_key', type: 'text', collation: 'C' })
  readonly storageKey!: string;

  @Column({ type: 'text', collation: 'C' })
  readonly digest!: string;

  @Column({ name: 'size_bytes', type: 'bigint' })
  readonly sizeBytes!: string;

  @Column({ name: 'removed_at', type: 'timestamptz', default: () => 'now()' })
  readonly removedAt!: Date;
}
