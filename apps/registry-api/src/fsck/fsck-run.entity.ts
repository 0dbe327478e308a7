import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DifferenceCounts } from './difference.js';

/** One comparison of the store with the database; one without an end was broken off and can go on. */
@Entity('fsck_runs')
export class FsckRunEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  /** Whether every hash was computed. */
  @Column({ name: 'is_deep', type: 'boolean' })
  isDeep!: boolean;

  /** The last key of the store that was done with. */
  @Column({ type: 'text', collation: 'C', default: '' })
  position!: string;

  @Column({ name: 'checked_count', type: 'bigint', default: 0 })
  checkedCount!: string;

  @Column({ name: 'checked_bytes', type: 'bigint', default: 0 })
  checkedBytes!: string;

  @Column({ type: 'jsonb', default: {} })
  differences!: DifferenceCounts;

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'now()' })
  readonly startedAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  readonly updatedAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
