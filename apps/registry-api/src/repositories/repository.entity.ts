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

  @Column({ name: 'star_count', type: 'integer', default: 0 })
  starCount!: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;

  /** The last push of a manifest. */
  @Column({ name: 'pushed_at', type: 'timestamptz', nullable: true })
  pushedAt!: Date | null;
}
