import { Column, Entity, PrimaryColumn } from 'typeorm';

/** All pulls of a tag; they outlive it. */
@Entity('tag_pulls')
export class TagPullsEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly tag!: string;

  @Column({ name: 'pull_count', type: 'bigint' })
  pullCount!: string;

  @Column({ name: 'last_pulled_at', type: 'timestamptz' })
  lastPulledAt!: Date;
}

/** Pulls of a tag on one day (UTC). */
@Entity('tag_pull_days')
export class TagPullDayEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ type: 'text', collation: 'C' })
  readonly tag!: string;

  @PrimaryColumn({ type: 'date' })
  readonly day!: string;

  @Column({ name: 'pull_count', type: 'integer' })
  pullCount!: number;
}

/** Pulls of a repository on one day (UTC): one of a digest with two tags counts once. */
@Entity('repository_pull_days')
export class RepositoryPullDayEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ type: 'date' })
  readonly day!: string;

  @Column({ name: 'pull_count', type: 'integer' })
  pullCount!: number;
}

/** That a client, known by a hash of its name and address, fetched an index within the last hour. */
@Entity('index_pulls')
export class IndexPullEntity {
  @PrimaryColumn({ name: 'manifest_id', type: 'bigint' })
  readonly manifestId!: string;

  @PrimaryColumn({ type: 'bigint' })
  readonly client!: string;

  @Column({ name: 'pulled_at', type: 'timestamptz' })
  pulledAt!: Date;
}
