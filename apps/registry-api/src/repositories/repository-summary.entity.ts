import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What changes with every push and pull of a repository; each has one. */
@Entity('repository_summaries')
export class RepositorySummaryEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  /** Without those by which clients attach things to a digest. */
  @Column({ name: 'tag_count', type: 'integer', default: 0 })
  tagCount!: number;

  @Column({ name: 'pull_count', type: 'bigint', default: 0 })
  pullCount!: string;

  /** The last push of a manifest. */
  @Column({ name: 'pushed_at', type: 'timestamptz', nullable: true })
  pushedAt!: Date | null;

  @Column({ name: 'last_pulled_at', type: 'timestamptz', nullable: true })
  lastPulledAt!: Date | null;

  /** The last push, or when it was made. */
  @Column({ name: 'active_at', type: 'timestamptz', default: () => 'now()' })
  activeAt!: Date;
}
