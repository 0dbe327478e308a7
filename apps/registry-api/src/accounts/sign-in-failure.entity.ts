import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed sign-ins of one account, one address, or one account from one address, in the window that runs. */
@Entity('sign_in_failures')
export class SignInFailureEntity {
  /** SHA-256 of what is counted, so that whatever was typed takes the same space. */
  @PrimaryColumn({ type: 'bytea' })
  readonly key!: Buffer;

  @Column({ type: 'integer' })
  failures!: number;

  @Column({ name: 'window_ends_at', type: 'timestamptz' })
  windowEndsAt!: Date;
}
