import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type Role, roles } from '../access/access-facts.js';

/** A role on one repository for a user, a team or a robot: exactly one of the three is set. */
@Entity('repository_grants')
export class RepositoryGrantEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  @Column({ name: 'user_id', type: 'bigint', nullable: true })
  userId!: string | null;

  @Column({ name: 'team_id', type: 'bigint', nullable: true })
  teamId!: string | null;

  @Column({ name: 'robot_id', type: 'bigint', nullable: true })
  robotId!: string | null;

  @Column({ type: 'enum', enum: roles, enumName: 'role' })
  role!: Role;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
