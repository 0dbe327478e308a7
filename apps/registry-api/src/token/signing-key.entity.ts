import type { SigningKey } from '@berth/auth';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A key pair that signs registry tokens. */
@Entity('signing_keys')
export class SigningKeyEntity {
  @PrimaryColumn({ type: 'text' })
  readonly kid!: string;

  @Column({ name: 'private_jwk', type: 'jsonb' })
  privateJwk!: SigningKey['privateJwk'];

  @Column({ name: 'public_jwk', type: 'jsonb' })
  publicJwk!: SigningKey['publicJwk'];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  /** Since when it signs no more. */
  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  retiredAt!: Date | null;
}
