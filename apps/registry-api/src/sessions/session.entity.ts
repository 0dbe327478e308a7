import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A browser that is signed in. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'user_id', type: 'bigint' })
  userId!: string;

  /** SHA-256 of the cookie's value. */
  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash!: Buffer;

  /** The user's at sign-in; another one ends the session. */
  @Column({ name: 'credentials_version', type: 'integer' })
  credentialsVersion!: number;

  @Column({ type: 'text', nullable: true })
  address!: string | null;

  @Column({ name: 'user_agent', type: 'text', nullable: true })
  userAgent!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', default: () => 'now()' })
  lastUsedAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
