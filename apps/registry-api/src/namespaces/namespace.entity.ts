import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { type Role, roles } from '../access/access-facts.js';

/** The first component of repository names: a user's, an organization's or the instance's own (`library`). */
@Entity('namespaces')
export class NamespaceEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'text', collation: 'C' })
  name!: string;

  @Column({ type: 'text' })
  kind!: 'user' | 'organization' | 'instance';

  @Column({ type: 'text', default: '' })
  description!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  /** Set instead of removing the row: a name is never given out again. */
  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt!: Date | null;

  /** The principal's name at that time. */
  @Column({ name: 'deleted_by', type: 'text', nullable: true })
  deletedBy!: string | null;

  /** Set when nothing is left of it but its name. */
  @Column({ name: 'purged_at', type: 'timestamptz', nullable: true })
  purgedAt!: Date | null;
}

@Entity('namespace_members')
export class NamespaceMemberEntity {
  @PrimaryColumn({ name: 'namespace_id', type: 'bigint' })
  readonly namespaceId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'bigint' })
  readonly userId!: string;

  @Column({ type: 'enum', enum: roles, enumName: 'role' })
  role!: Role;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
