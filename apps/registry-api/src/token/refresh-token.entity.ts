import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A refresh token of the token service, bound to the credential it was got with and to one service. */
@Entity('refresh_tokens')
export class RefreshTokenEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id!: string;

  /** SHA-256 of the refresh token. */
  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash!: Buffer;

  @Column({ type: 'text' })
  service!: string;

  /** Set for one that was got with a password. */
  @Column({ name: 'user_id', type: 'bigint', nullable: true })
  userId!: string | null;

  /** Set for one that was got with a robot's secret. */
  @Column({ name: 'robot_id', type: 'bigint', nullable: true })
  robotId!: string | null;

  /** Set for one that was got with an access token. */
  @Column({ name: 'access_token_id', type: 'bigint', nullable: true })
  accessTokenId!: string | null;

  /** The credential's at that time; another one ends the refresh token, at once or with the overlap of a rotation. */
  @Column({ name: 'credentials_version', type: 'integer', nullable: true })
  credentialsVersion!: number | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
