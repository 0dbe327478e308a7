import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('tags')
export class TagEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly name!: string;

  @Column({ name: 'manifest_id', type: 'bigint' })
  manifestId!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;

  /** The principal's name at that time. */
  @Column({ name: 'pushed_by', type: 'text', default: '' })
  pushedBy!: string;

  /** `totalBytes` of the manifest. */
  @Column({ name: 'size_bytes', type: 'bigint', default: 0 })
  sizeBytes!: string;

  /** By its image; rules may end it sooner. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  /** Rules count its age from then. */
  @Column({ name: 'restored_at', type: 'timestamptz', nullable: true })
  restoredAt!: Date | null;
}

/** One move of a tag: made (no `fromDigest`), moved, or deleted (no `toDigest`). */
@Entity('tag_history')
export class TagMoveEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  @Column({ type: 'text', collation: 'C' })
  tag!: string;

  @Column({ name: 'from_digest', type: 'text', collation: 'C', nullable: true })
  fromDigest!: string | null;

  @Column({ name: 'to_digest', type: 'text', collation: 'C', nullable: true })
  toDigest!: string | null;

  @Column({ name: 'moved_at', type: 'timestamptz', default: () => 'now()' })
  movedAt!: Date;

  /** The principal's name at that time. */
  @Column({ name: 'moved_by', type: 'text' })
  movedBy!: string;

  /** Names the credential: `password`, `access token ci`. */
  @Column({ type: 'text' })
  credential!: string;
}
