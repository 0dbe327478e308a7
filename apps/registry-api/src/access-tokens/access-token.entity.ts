import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person's access token; the secret itself is kept nowhere. */
@Entity('access_tokens')
export class AccessTokenEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'user_id', type: 'bigint' })
  userId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** The beginning of the secret, by which lists show it. */
  @Column({ type: 'text' })
  prefix!: string;

  /** SHA-256 of the secret. */
  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash!: Buffer;

  /** The secret before the last rotation, which counts until `previousExpiresAt`. */
  @Column({ name: 'previous_secret_hash', type: 'bytea', nullable: true })
  previousSecretHash!: Buffer | null;

  @Column({ name: 'previous_expires_at', type: 'timestamptz', nullable: true })
  previousExpiresAt!: Date | null;

  /** Raised by a rotation: what was got with the secret before ends with that. */
  @Column({ name: 'credentials_version', type: 'integer', default: 1 })
  credentialsVersion!: number;

  @Column({ type: 'text', array: true })
  scopes!: string[];

  /** Names and patterns (`team/*`) that it is limited to; null = no limit. */
  @Column({ type: 'text', array: true, nullable: true })
  repositories!: string[] | null;

  /** `repositories` as escaped LIKE patterns, for the look-up. */
  @Column({ name: 'repositories_like', type: 'text', array: true, nullable: true })
  repositoriesLike!: string[] | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'last_used_address', type: 'text', nullable: true })
  lastUsedAddress!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
