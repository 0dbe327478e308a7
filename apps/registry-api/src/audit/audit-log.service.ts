import { Inject, Injectable } from '@nestjs/common';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { type AuditFilter, AuditStore, type StoredAuditEntry } from './audit.store.js';

const EXPORT_BATCH = 1000;

/** Reads the audit log. */
@Injectable()
export class AuditLog {
  constructor(@Inject(AuditStore) private readonly entries: AuditStore) {}

  /** The newest first. Throws `RequestInvalid`. */
  async listEntries(filter: AuditFilter, page: CursorPage): Promise<ListPage<StoredAuditEntry>> {
    const found = await this.entries.list(filter, {
      last: idOfCursor(readCursor(page)),
      limit: page.limit + 1,
    });
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /** All that match, the newest first, a thousand at a time: memory does not grow with the log. */
  async *allEntries(filter: AuditFilter): AsyncGenerator<StoredAuditEntry[]> {
    for (let last: string | undefined; ; ) {
      const batch = await this.entries.list(filter, { last, limit: EXPORT_BATCH });
      if (batch.length > 0) yield batch;
      if (batch.length < EXPORT_BATCH) return;
      last = batch.at(-1)?.id;
    }
  }
}
