import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A group of a namespace's members that repositories are granted to. */
@Entity('teams')
export class TeamEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'namespace_id', type: 'bigint' })
  namespaceId!: string;

  @Column({ type: 'text', collation: 'C' })
  name!: string;

  @Column({ type: 'text', default: '' })
  description!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}

@Entity('team_members')
export class TeamMemberEntity {
  @PrimaryColumn({ name: 'team_id', type: 'bigint' })
  readonly teamId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'bigint' })
  readonly userId!: string;

  /** Made at sign-in by a group of an OIDC provider, and taken away by it; nobody has chosen it. */
  @Column({ name: 'is_from_groups', type: 'boolean', default: false })
  isFromGroups!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
