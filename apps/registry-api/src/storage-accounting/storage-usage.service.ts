import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { type StorageBytes, StorageUsageStore } from './storage-usage.store.js';

/**
 * How many bytes of blobs somebody has now. A namespace has every blob that one of its repositories links, once,
 * whoever else links it too; the instance has every blob that is in the store, once. Manifests count for nothing:
 * they lie in the database.
 *
 * The answer is that of the caller's transaction: it counts what the transaction itself has linked, and what others
 * have committed. To hold a limit under concurrency take a lock first that everybody takes who adds to the same owner
 * (`pg_advisory_xact_lock` by the namespace's id), then ask, then link: at READ COMMITTED the question sees all that
 * those before have committed. One round trip; no lock is taken here, and nobody waits for a reader.
 *
 * @example
 * await this.database.transaction(async (client) => {
 *   await client.query('SELECT pg_advisory_xact_lock($1, $2)', [QUOTA_LOCK, namespaceId]);
 *   const used = await this.usage.bytesOfNamespace(client, namespaceId);
 *   if (used + sizeBytes > limitBytes) throw new QuotaExceeded(…);
 *   …
 * });
 */
@Injectable()
export class StorageUsage {
  constructor(
    @Inject(StorageUsageStore) private readonly usage: StorageUsageStore,
    @Inject(Database) private readonly database: Database,
  ) {}

  async bytesOfNamespace(client: SqlClient, namespaceId: string): Promise<number> {
    const { exclusiveBytes, sharedBytes } = await this.usage.find(client, 'namespace', namespaceId);
    return exclusiveBytes + sharedBytes;
  }

  async bytesOfInstance(client: SqlClient): Promise<number> {
    const { exclusiveBytes, sharedBytes } = await this.usage.find(client, 'instance', '0');
    return exclusiveBytes + sharedBytes;
  }

  async findNamespace(namespaceId: string): Promise<StorageBytes> {
    return this.usage.find(this.database, 'namespace', namespaceId);
  }

  async findRepository(repositoryId: string): Promise<StorageBytes> {
    return this.usage.find(this.database, 'repository', repositoryId);
  }
}
