import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('stars')
export class StarEntity {
  @PrimaryColumn({ name: 'repository_id', type: 'bigint' })
  readonly repositoryId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'bigint' })
  readonly userId!: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;
}
