import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The limits of a namespace or of the instance, and what it has of each; triggers count. */
@Entity('quotas')
export class QuotaEntity {
  @PrimaryColumn({ type: 'text' })
  readonly kind!: 'instance' | 'namespace';

  /** 0 for the instance. */
  @PrimaryColumn({ name: 'owner_id', type: 'bigint' })
  readonly ownerId!: string;

  @Column({ name: 'max_bytes', type: 'bigint', nullable: true })
  maxBytes!: string | null;

  @Column({ name: 'max_repositories', type: 'bigint', nullable: true })
  maxRepositories!: string | null;

  @Column({ name: 'used_bytes', type: 'bigint' })
  usedBytes!: string;

  @Column({ name: 'used_repositories', type: 'bigint' })
  usedRepositories!: string;
}
