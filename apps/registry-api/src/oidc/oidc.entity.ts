import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whom a provider calls by a subject is this user here. A name may come to stand for another issuer: its subjects are others. */
@Entity('user_identities')
export class UserIdentityEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly provider!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly issuer!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly subject!: string;

  @Column({ name: 'user_id', type: 'bigint' })
  userId!: string;

  /** What the provider calls the person, for its own eyes. */
  @Column({ name: 'display_name', type: 'text', nullable: true })
  displayName!: string | null;

  /** As of the last sign-in. */
  @Column({ type: 'text', array: true, default: '{}' })
  groups!: string[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'last_sign_in_at', type: 'timestamptz', nullable: true })
  lastSignInAt!: Date | null;
}

/** A browser on its way to a provider and back. */
@Entity('oidc_logins')
export class OidcLoginEntity {
  /** SHA-256 of the state in the address. */
  @PrimaryColumn({ name: 'state_hash', type: 'bytea' })
  readonly stateHash!: Buffer;

  /** SHA-256 of the secret in the browser's cookie. */
  @Column({ name: 'browser_hash', type: 'bytea' })
  browserHash!: Buffer;

  @Column({ type: 'text' })
  provider!: string;

  /** The page to come back to. */
  @Column({ type: 'text' })
  next!: string;

  /** Whose user links an account; gone with the session. Null for a sign-in. */
  @Column({ name: 'session_id', type: 'bigint', nullable: true })
  sessionId!: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}

/** Whoever is in the group at the provider is a member of the team. */
@Entity('team_groups')
export class TeamGroupEntity {
  @PrimaryColumn({ name: 'team_id', type: 'bigint' })
  readonly teamId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly provider!: string;

  @PrimaryColumn({ name: 'group_name', type: 'text', collation: 'C' })
  readonly groupName!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
