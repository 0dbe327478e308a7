import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A robot account of a namespace, for machines; signs in as `robot+namespace+name`. */
@Entity('robots')
export class RobotEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  @Column({ name: 'namespace_id', type: 'bigint' })
  namespaceId!: string;

  @Column({ type: 'text', collation: 'C' })
  name!: string;

  @Column({ type: 'text', default: '' })
  description!: string;

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

  /** Raised to end tokens made with secrets of before. */
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

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt!: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'last_used_address', type: 'text', nullable: true })
  lastUsedAddress!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
