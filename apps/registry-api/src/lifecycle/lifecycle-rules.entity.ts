import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RetentionPolicy } from '../retention/retention-policy.js';

/** Rules for the tags of a repository, or of all repositories in a namespace: exactly one of the two is set. */
@Entity('lifecycle_rules')
export class LifecycleRulesEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint', nullable: true })
  repositoryId!: string | null;

  @Column({ name: 'namespace_id', type: 'bigint', nullable: true })
  namespaceId!: string | null;

  /** Patterns as they were written. */
  @Column({ name: 'immutable_tags', type: 'text', array: true, default: [] })
  immutableTags!: string[];

  /** The same as LIKE patterns, and those of exceptions. */
  @Column({ name: 'immutable_like', type: 'text', array: true, default: [] })
  immutableLike!: string[];

  @Column({ name: 'immutable_unlike', type: 'text', array: true, default: [] })
  immutableUnlike!: string[];

  @Column({ name: 'expiring_tags', type: 'text', array: true, default: [] })
  expiringTags!: string[];

  @Column({ name: 'expiring_like', type: 'text', array: true, default: [] })
  expiringLike!: string[];

  @Column({ name: 'expiring_unlike', type: 'text', array: true, default: [] })
  expiringUnlike!: string[];

  /** As it was written: `12h`. */
  @Column({ name: 'expires_after', type: 'text', nullable: true })
  expiresAfter!: string | null;

  @Column({ name: 'expires_after_seconds', type: 'integer', nullable: true })
  expiresAfterSeconds!: number | null;

  @Column({ type: 'jsonb', nullable: true })
  retention!: RetentionPolicy | null;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
