import type { UploadState } from '@berth/storage';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A blob upload session: what any process needs to go on with it. */
@Entity('uploads')
export class UploadEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id!: string;

  @Column({ name: 'repository_id', type: 'bigint' })
  repositoryId!: string;

  /** Who began it and alone may go on, as `principalKey` writes it. */
  @Column({ type: 'text' })
  principal!: string;

  @Column({ type: 'text' })
  algorithm!: 'sha256' | 'sha512';

  /** Bytes that are durable; the truth about the upload's offset. */
  @Column({ name: 'offset_bytes', type: 'bigint', default: 0 })
  offsetBytes!: string;

  @Column({ name: 'storage_state', type: 'jsonb' })
  storageState!: UploadState;

  /** All bytes so far, while they are few and the store has none of them. */
  @Column({ type: 'bytea', nullable: true })
  held!: Buffer | null;

  /** Of all bytes so far; null when no process has hashed them all. */
  @Column({ name: 'digest_so_far', type: 'text', collation: 'C', nullable: true })
  digestSoFar!: string | null;

  /** The request that writes now, until `writerUntil`. */
  @Column({ type: 'uuid', nullable: true })
  writer!: string | null;

  @Column({ name: 'writer_until', type: 'timestamptz', nullable: true })
  writerUntil!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  readonly createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
