import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('repositories')
export class RepositoryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'namespace_id', type: 'bigint' })
  namespaceId!: string;

  /** The full name, namespace first. */
  @Column({ type: 'text', collation: 'C' })
  name!: string;

  @Column({ type: 'text' })
  visibility!: 'public' | 'private';

  @Column({ type: 'text', default: '' })
  description!: string;

  /** Markdown. */
  @Column({ type: 'text', default: '' })
  readme!: string;

  /** What the latest image runs on: `linux/arm64/v8`. */
  @Column({ type: 'text', array: true, default: [] })
  platforms!: string[];

  /** Of all manifests; an index counts as what it lists. */
  @Column({ name: 'artifact_kinds', type: 'text', array: true, default: [] })
  artifactKinds!: string[];

  /** Words of labels and annotations of the latest image. */
  @Column({ name: 'image_text', type: 'text', default: '' })
  imageText!: string;

  /** In steps, so that it changes seldom: pulls, and how new the last push is. */
  @Column({ type: 'real', default: () => 'popularity(0, now())' })
  popularity!: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;

  /** Set while it is in trash: absent for everybody, and its name free. */
  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;

  /** The principal's name at that time. */
  @Column({ name: 'deleted_by', type: 'text', nullable: true })
  deletedBy!: string | null;

  /** Set when it begins to be removed for good: it cannot be restored any more. */
  @Column({ name: 'purge_started_at', type: 'timestamptz', nullable: true })
  purgeStartedAt!: Date | null;
}
