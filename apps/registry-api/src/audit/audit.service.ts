import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { AuditAction, AuditEntry } from './audit-entry.js';
import { insertAuditEntries, insertAuditEntry } from './audit-insert.js';

interface Recording {
  readonly action: AuditAction;
  isRecorded: boolean;
}

/** Writes the audit log. */
@Injectable()
export class AuditService {
  private readonly recordings = new AsyncLocalStorage<Recording>();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** One row; give the transaction of the change as `client`, so that neither is there without the other. */
  async record(entry: AuditEntry, client: SqlClient = this.database): Promise<void> {
    await insertAuditEntry(client, entry);
    const recording = this.recordings.getStore();
    if (recording?.action === entry.action) recording.isRecorded = true;
  }

  /** Several rows at once, for what no request waits for. */
  async recordInBackground(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await insertAuditEntries(this.database, entries);
  }

  /** Runs the work of a route that declares `action`. Answers whether it was recorded, done or refused. */
  async watch<T>(action: AuditAction, work: () => Promise<T>): Promise<Outcome<T>> {
    const recording: Recording = { action, isRecorded: false };
    const [settled] = await this.recordings.run(recording, () => Promise.allSettled([work()]));
    return { settled, isRecorded: recording.isRecorded };
  }
}

export interface Outcome<T> {
  readonly settled: PromiseSettledResult<T>;
  readonly isRecorded: boolean;
}
