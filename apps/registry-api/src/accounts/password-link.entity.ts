import { Column, Entity, PrimaryColumn } from 'typeorm';

/** By which somebody sets a password once, without the one of before; a new one replaces the last. */
@Entity('password_links')
export class PasswordLinkEntity {
  @PrimaryColumn({ name: 'user_id', type: 'bigint' })
  readonly userId!: string;

  /** SHA-256 of the secret in the link. */
  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
