import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What happened to a repository, written in the transaction that did it (outbox). */
@Entity('events')
export class EventEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  readonly at!: Date;

  @Column({ type: 'text' })
  kind!: string;

  /** No foreign key: the event outlives its repository. */
  @Column({ name: 'repository_id', type: 'bigint', nullable: true })
  repositoryId!: string | null;

  @Column({ name: 'repository_name', type: 'text', collation: 'C' })
  repositoryName!: string;

  @Column({ type: 'jsonb', default: {} })
  details!: Record<string, unknown>;
}
