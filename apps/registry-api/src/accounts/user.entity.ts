import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person's account. */
@Entity('users')
export class UserEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ type: 'text', collation: 'C' })
  username!: string;

  /** The namespace of the same name. */
  @Column({ name: 'namespace_id', type: 'bigint' })
  namespaceId!: string;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  /** argon2id; null for an account that has no password. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash!: string | null;

  /** Somebody else has set the password and knows it. */
  @Column({ name: 'is_password_temporary', type: 'boolean', default: false })
  isPasswordTemporary!: boolean;

  @Column({ name: 'is_admin', type: 'boolean', default: false })
  isAdmin!: boolean;

  /** Raised when the password changes, which ends sessions and tokens made before. */
  @Column({ name: 'credentials_version', type: 'integer', default: 1 })
  credentialsVersion!: number;

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt!: Date | null;

  @Column({ name: 'last_sign_in_at', type: 'timestamptz', nullable: true })
  lastSignInAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
