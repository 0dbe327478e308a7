import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JobFacts } from './job.js';

/** One run of a job: what it was asked for, how far it is, how it ended. */
@Entity('job_runs')
export class JobRunEntity {
  /** The id of the job in pg-boss as well. */
  @PrimaryColumn({ type: 'uuid' })
  readonly id!: string;

  @Column({ type: 'text', collation: 'C' })
  job!: string;

  @Column({ type: 'text' })
  state!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

  /** Null: by its schedule. */
  @Column({ name: 'requested_by', type: 'text', nullable: true })
  requestedBy!: string | null;

  @Column({ type: 'jsonb', default: {} })
  input!: JobFacts;

  /** Counts how often it was begun: a process that has lost the run must not write any more. */
  @Column({ type: 'integer', default: 0 })
  attempt!: number;

  @Column({ type: 'bigint', default: 0 })
  done!: string;

  @Column({ type: 'bigint', nullable: true })
  total!: string | null;

  @Column({ type: 'bigint', default: 0 })
  bytes!: string;

  @Column({ type: 'jsonb', nullable: true })
  result!: JobFacts | null;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'queued_at', type: 'timestamptz', default: () => 'now()' })
  queuedAt!: Date;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt!: Date | null;

  /** When its process last gave a sign of life. */
  @Column({ name: 'seen_at', type: 'timestamptz', nullable: true })
  seenAt!: Date | null;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
