import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { Database } from '../database/database.js';
import type { BlobDifference, UnrecordedObject } from './difference.js';
import { RecordedBlobStore } from './recorded-blob.store.js';

/** What is done about differences when somebody asks for it; nothing is by itself. */
@Injectable()
export class FsckRepairs {
  constructor(
    @Inject(RecordedBlobStore) private readonly recorded: RecordedBlobStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Marks the blob damaged, so that clients are told to push it again and the next push heals it. */
  async mark(requester: Requester, difference: BlobDifference): Promise<boolean> {
    if (difference.isMarked) return false;
    const { digest, kind, storageKey } = difference;
    return this.database.transaction(async (client) => {
      const isMarked = await this.recorded.markDamaged(client, difference);
      const actor = actorOf(requester, factsOf(requester));
      const entry = { actor, action: 'blob.mark-damaged', object: `blob:${digest}` } as const;
      if (isMarked) await this.audit.record({ ...entry, details: { difference: kind, storageKey } }, client);
      return isMarked;
    });
  }

  /** Removes objects that have no record, which is looked up once more. Answers how many. */
  async remove(requester: Requester, objects: readonly UnrecordedObject[]): Promise<number> {
    const keys = [...(await this.recorded.withoutRecord(objects.map(({ storageKey }) => storageKey)))];
    if (keys.length === 0) return 0;
    const actor = actorOf(requester, factsOf(requester));
    await this.audit.record({ actor, action: 'store.remove-unrecorded', object: 'store', details: { keys } });
    await this.store.delete(keys);
    return keys.length;
  }
}
