import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** Whose bytes are counted; the instance has the id 0. */
export type StorageOwnerKind = 'instance' | 'namespace' | 'repository';

/** What an owner had when the deltas were last added to it; only together with those it is what it has now. */
@Entity('storage_usage')
export class StorageUsageEntity {
  @PrimaryColumn({ type: 'text' })
  readonly kind!: StorageOwnerKind;

  @PrimaryColumn({ name: 'owner_id', type: 'bigint' })
  readonly ownerId!: string;

  @Column({ name: 'exclusive_bytes', type: 'bigint' })
  exclusiveBytes!: string;

  @Column({ name: 'shared_bytes', type: 'bigint' })
  sharedBytes!: string;
}

/** A change of what an owner has; written by triggers, in the transaction of what caused it. */
@Entity('storage_deltas')
export class StorageDeltaEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'text' })
  readonly kind!: StorageOwnerKind;

  @Column({ name: 'owner_id', type: 'bigint' })
  readonly ownerId!: string;

  @Column({ name: 'exclusive_bytes', type: 'bigint' })
  readonly exclusiveBytes!: string;

  @Column({ name: 'shared_bytes', type: 'bigint' })
  readonly sharedBytes!: string;
}

/** A blob that some repository of a namespace links, and how many do; kept by triggers. */
@Entity('namespace_blobs')
export class NamespaceBlobEntity {
  @PrimaryColumn({ name: 'namespace_id', type: 'bigint' })
  readonly namespaceId!: string;

  @PrimaryColumn({ name: 'blob_id', type: 'bigint' })
  readonly blobId!: string;

  @Column({ name: 'link_count', type: 'bigint' })
  linkCount!: string;
}
