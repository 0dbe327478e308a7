import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { BlobStore } from '@berth/storage';
import { insertAuditEntry } from '../audit/audit-insert.js';
import { REMOVAL_LOCK } from '../database/removal-lock.js';
import {
  type ArchiveHeader,
  archiveContents,
  archiveHeader,
  archiveTables,
  CONTENTS,
  digestOfEntry,
  entryBytes,
  HEADER,
  TABLES,
  tableOfEntry,
} from './archive-layout.js';
import { type ArchiveEntry, readArchive, readJson } from './archive-reader.js';
import { findMigrations } from './backed-up-tables.js';
import { BackupRefused } from './backup-refused.js';
import { type OwnConnection, openOwnConnection } from './own-connection.js';
import type { OnProgress } from './progress.js';
import { RestoredBlobStore } from './restored-blobs.store.js';
import { RestoredTables } from './restored-tables.js';

const RESTORE_LOCK = 0x6265727472;

export interface RestoreOptions {
  /** Of a migrated database in which nothing is yet. */
  readonly databaseUrl: string;
  readonly store: BlobStore;
  readonly file: string;
  readonly onProgress?: OnProgress;
}

export interface RestoreReport {
  readonly blobs: number;
  /** Blobs that an earlier try had brought already. */
  readonly resumedBlobs: number;
  readonly rows: number;
  /** Digests of blobs of which the archive has no bytes: they answer 404 until somebody pushes them again. */
  readonly damaged: readonly string[];
}

/**
 * Brings an archive into an empty Berth, whatever its store. Nobody sees anything of it before everything is there;
 * one that broke off goes on with the blobs it has.
 *
 * @throws BackupRefused with one sentence
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const connection = await openOwnConnection(options.databaseUrl);
  try {
    return await new Restore(options, connection).run();
  } finally {
    await connection.close();
  }
}

class Restore {
  private readonly staged: RestoredBlobStore;
  private readonly brought = { blobs: 0, resumedBlobs: 0 };
  private tables?: RestoredTables;
  private report?: RestoreReport;

  constructor(
    private readonly options: RestoreOptions,
    private readonly connection: OwnConnection,
  ) {
    this.staged = new RestoredBlobStore(connection);
  }

  async run(): Promise<RestoreReport> {
    const totalBytes = statSync(this.options.file).size;
    let doneBytes = 0;
    for await (const entry of readArchive(this.options.file)) {
      if (doneBytes === 0) await this.begin(entry);
      else await this.take(entry);
      doneBytes += entryBytes(entry.sizeBytes);
      const { blobs: done } = this.brought;
      this.options.onProgress?.({ step: this.tables ? 'tables' : 'blobs', done, doneBytes, totalBytes });
    }
    if (!this.report) throw new BackupRefused(`${this.options.file} is no whole archive: it is cut short.`);
    return this.report;
  }

  private async begin(entry: ArchiveEntry): Promise<void> {
    if (entry.name !== HEADER) throw new BackupRefused(`${this.options.file} is no archive of Berth.`);
    const header = await readJson(entry, archiveHeader);
    await this.lock();
    await this.refuseOtherSchema(header);
    await this.refuseUsedDatabase();
    const earlier = await this.staged.findArchive();
    if (earlier === header.id) return;
    if (earlier !== undefined) await this.staged.discard(this.options.store);
    for await (const _ of this.options.store.list()) {
      throw new BackupRefused(
        'The blob store is not empty: give the restored Berth a folder or bucket of its own.',
      );
    }
    await this.staged.begin(header.id);
  }

  private async lock(): Promise<void> {
    const sql = 'SELECT pg_try_advisory_lock($1) AS "isLocked"';
    const [row] = await this.connection.query<{ isLocked: boolean }>(sql, [RESTORE_LOCK]);
    if (!row?.isLocked)
      throw new BackupRefused('Another restore into this database is running: wait for its end.');
    await this.connection.query('SELECT pg_advisory_lock_shared($1)', [REMOVAL_LOCK]);
  }

  private async refuseOtherSchema({ migrations }: ArchiveHeader): Promise<void> {
    const own = await findMigrations(this.connection);
    if (own.join() === migrations.join()) return;
    throw new BackupRefused(
      `The archive was made by another version of Berth (its schema is ${migrations.at(-1)}, this one's is ` +
        `${own.at(-1)}): restore it with the version that made it, into an empty database, and upgrade then.`,
    );
  }

  private async refuseUsedDatabase(): Promise<void> {
    const [row] = await this.connection.query<{ isUsed: boolean }>(
      `SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM repositories) OR EXISTS (SELECT FROM blobs)
         OR EXISTS (SELECT FROM namespaces WHERE kind <> 'instance') AS "isUsed"`,
    );
    if (!row?.isUsed) return;
    throw new BackupRefused(
      'This Berth is not empty: an archive is restored before its first start, into a new database and a new store.',
    );
  }

  private async take(entry: ArchiveEntry): Promise<void> {
    const digest = digestOfEntry(entry.name);
    if (digest !== undefined) return this.takeBlob(digest, entry);
    const table = tableOfEntry(entry.name);
    if (table !== undefined && this.tables) return this.tables.fill(table, entry.bytes);
    if (entry.name === TABLES) {
      this.tables = await RestoredTables.begin(this.connection, await readJson(entry, archiveTables));
    } else if (entry.name === CONTENTS) {
      await this.finish(entry);
    } else {
      throw new BackupRefused(`The archive is damaged: ${entry.name} does not belong there.`);
    }
  }

  private async takeBlob(digest: string, entry: ArchiveEntry): Promise<void> {
    if (await this.staged.has(digest)) {
      this.brought.resumedBlobs += 1;
      this.brought.blobs += 1;
      return;
    }
    const { store } = this.options;
    const [algorithm = ''] = digest.split(':');
    const hash = createHash(algorithm);
    const { state, sourceError } = await store.append(store.begin(), hashed(entry.bytes, hash));
    if (sourceError !== undefined || `${algorithm}:${hash.digest('hex')}` !== digest) {
      await store.abort(state);
      if (sourceError !== undefined) throw sourceError;
      return; // whether that was to be expected is told at the archive's end
    }
    const { key, sizeBytes } = await store.finish(state);
    await this.staged.add(digest, key, sizeBytes);
    this.brought.blobs += 1;
  }

  /** Everything becomes visible at once, or nothing does. */
  private async finish(entry: ArchiveEntry): Promise<void> {
    const contents = await readJson(entry, archiveContents);
    if (!this.tables) throw new BackupRefused('The archive is damaged: it has no tables.');
    const rows = await this.tables.finish(contents);
    const damaged = await this.staged.place();
    const unexpected = damaged.find((digest) => !contents.damaged.includes(digest));
    if (unexpected) throw new BackupRefused(`The archive is damaged: it has not the bytes of ${unexpected}.`);
    const unusedKeys = await this.staged.end();
    await insertAuditEntry(this.connection, {
      actor: { name: 'system', credential: 'this machine' },
      action: 'backup.restore',
      object: 'berth',
      details: { blobs: this.brought.blobs },
    });
    await this.connection.query('COMMIT');
    await this.options.store.delete(unusedKeys);
    this.report = { ...this.brought, rows, damaged };
  }
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}
