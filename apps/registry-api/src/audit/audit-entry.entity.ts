import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One change or sign-in, done or refused. */
@Entity('audit_log')
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  readonly at!: Date;

  /** The principal's name at that time, which outlives the principal. */
  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  credential!: string;

  @Column({ type: 'text', nullable: true })
  address!: string | null;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  object!: string;

  @Column({ type: 'text' })
  result!: 'done' | 'refused';

  @Column({ type: 'jsonb', default: {} })
  details!: Record<string, unknown>;
}
