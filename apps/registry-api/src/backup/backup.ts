import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { BlobStore } from '@berth/storage';
import { insertAuditEntry } from '../audit/audit-insert.js';
import { REMOVAL_LOCK } from '../database/removal-lock.js';
import { type ArchiveHeader, HEADER } from './archive-layout.js';
import { ArchiveWriter } from './archive-writer.js';
import { archiveBlob, type BlobToArchive } from './archived-blob.js';
import { archiveTables } from './archived-tables.js';
import { findMigrations } from './backed-up-tables.js';
import { BackupRefused } from './backup-refused.js';
import { type OwnConnection, openOwnConnection } from './own-connection.js';
import { openPartialArchive } from './partial-archive.js';
import type { OnProgress } from './progress.js';

const BACKUP_LOCK = 0x6265727471;
const BLOBS_A_PAGE = 500;

export interface BackupOptions {
  readonly databaseUrl: string;
  readonly store: BlobStore;
  /** Must not be there; what is not finished is in `<file>.partial`. */
  readonly file: string;
  readonly onProgress?: OnProgress;
}

export interface BackupReport {
  readonly blobs: number;
  readonly blobBytes: number;
  /** Blobs that an earlier try had brought already. */
  readonly resumedBlobs: number;
  readonly rows: number;
  /** Digests of blobs that the store has lost or changed: the archive has no bytes of them. */
  readonly damaged: readonly string[];
}

/**
 * Copies a Berth, which may run meanwhile, into one file. Most bytes come first, then a snapshot of the tables and the
 * bytes that only the snapshot names. Nothing that a row names leaves the store in between, since collection waits.
 *
 * @throws BackupRefused with one sentence
 */
export async function backUp(options: BackupOptions): Promise<BackupReport> {
  if (existsSync(options.file)) {
    throw new BackupRefused(`${options.file} exists already: name another file, or remove it.`);
  }
  const connection = await openOwnConnection(options.databaseUrl);
  try {
    return await new Backup(options, connection).run();
  } finally {
    await connection.close();
  }
}

class Backup {
  private readonly partialFile: string;
  private readonly copied = { blobs: 0, blobBytes: 0, resumedBlobs: 0 };

  constructor(
    private readonly options: BackupOptions,
    private readonly connection: OwnConnection,
  ) {
    this.partialFile = `${options.file}.partial`;
  }

  async run(): Promise<BackupReport> {
    await this.lock();
    await this.connection.query('CREATE TEMPORARY TABLE archived_blobs (digest text PRIMARY KEY)');
    const archive = await this.openArchive();
    try {
      await this.copyBlobs(archive);
      await this.connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const damaged = await this.copyBlobs(archive);
      const { onProgress } = this.options;
      const rows = await archiveTables(this.connection, archive, { damaged, onProgress });
      await this.connection.query('COMMIT');
      await archive.finish();
      await rename(this.partialFile, this.options.file);
      await this.writeAuditEntry();
      return { ...this.copied, rows, damaged };
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  }

  private async lock(): Promise<void> {
    const sql = 'SELECT pg_try_advisory_lock($1) AS "isLocked"';
    const [row] = await this.connection.query<{ isLocked: boolean }>(sql, [BACKUP_LOCK]);
    if (!row?.isLocked) throw new BackupRefused('Another backup of this Berth is running: wait for its end.');
    await this.connection.query('SELECT pg_advisory_lock_shared($1)', [REMOVAL_LOCK]);
  }

  /** Goes on with what an earlier try left, or begins anew. */
  private async openArchive(): Promise<ArchiveWriter> {
    const migrations = await findMigrations(this.connection);
    const partial = await openPartialArchive(this.partialFile, (digest, sizeBytes) => {
      this.copied.resumedBlobs += 1;
      return this.markArchived({ digest, sizeBytes });
    });
    if (!partial) return this.beginArchive(migrations);
    if (partial.header.migrations.join() === migrations.join()) {
      return new ArchiveWriter(this.partialFile, partial.endBytes);
    }
    throw new BackupRefused(
      `${this.partialFile} was begun by another version of Berth: remove it, and the backup begins anew.`,
    );
  }

  private async beginArchive(migrations: string[]): Promise<ArchiveWriter> {
    const archive = new ArchiveWriter(this.partialFile, 0);
    const startedAt = new Date().toISOString();
    const header: ArchiveHeader = { format: 1, id: randomUUID(), startedAt, migrations };
    await archive.addJson(HEADER, header);
    return archive;
  }

  /** Copies what is not copied yet. Answers the digests of what could not be. */
  private async copyBlobs(archive: ArchiveWriter): Promise<string[]> {
    const damaged: string[] = [];
    const [all] = await this.connection.query<{ blobs: string; bytes: string }>(
      'SELECT count(*) AS blobs, coalesce(sum(size_bytes), 0) AS bytes FROM blobs WHERE damaged_at IS NULL',
    );
    const total = { total: Number(all?.blobs), totalBytes: Number(all?.bytes) };
    for await (const blob of this.blobsToCopy()) {
      if (await archiveBlob(this.options.store, archive, blob)) await this.markArchived(blob);
      else damaged.push(blob.digest);
      const { blobs: done, blobBytes: doneBytes } = this.copied;
      this.options.onProgress?.({ step: 'blobs', done, doneBytes, ...total });
    }
    return damaged;
  }

  private async *blobsToCopy(): AsyncGenerator<BlobToArchive> {
    for (let after = '0'; ; ) {
      const page = await this.connection.query<
        Record<'id' | 'digest' | 'size_bytes' | 'storage_key', string>
      >(
        `SELECT id, digest, size_bytes, storage_key FROM blobs
         WHERE id > $1 AND damaged_at IS NULL
           AND NOT EXISTS (SELECT FROM archived_blobs archived WHERE archived.digest = blobs.digest)
         ORDER BY id LIMIT ${BLOBS_A_PAGE}`,
        [after],
      );
      for (const { id, digest, size_bytes, storage_key } of page) {
        yield { digest, sizeBytes: Number(size_bytes), storageKey: storage_key };
        after = id;
      }
      if (page.length < BLOBS_A_PAGE) return;
    }
  }

  private async markArchived({ digest, sizeBytes }: Omit<BlobToArchive, 'storageKey'>): Promise<void> {
    this.copied.blobs += 1;
    this.copied.blobBytes += sizeBytes;
    await this.connection.query('INSERT INTO archived_blobs VALUES ($1) ON CONFLICT DO NOTHING', [digest]);
  }

  private writeAuditEntry(): Promise<void> {
    return insertAuditEntry(this.connection, {
      actor: { name: 'system', credential: 'this machine' },
      action: 'backup.create',
      object: 'berth',
      details: { blobs: this.copied.blobs },
    });
  }
}
