import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What one run of the policy of a repository removed, by its schedule or by somebody. */
@Entity('retention_runs')
export class RetentionRunEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  /** When it looked at the repository; everything that it removed went after that. */
  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  finishedAt!: Date;

  /** A name, or `system`. */
  @Column({ name: 'run_by', type: 'text' })
  runBy!: string;

  @Column({ name: 'tag_count', type: 'integer' })
  tagCount!: number;

  @Column({ name: 'manifest_count', type: 'integer' })
  manifestCount!: number;

  @Column({ name: 'freed_bytes', type: 'bigint' })
  freedBytes!: string;
}
