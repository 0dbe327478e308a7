import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { Database } from '../database/database.js';
import { LOGGER, type Logger } from '../http/logger.js';

export type Reachability = 'reachable' | 'unreachable';

export interface Readiness {
  readonly isReady: boolean;
  readonly database: Reachability;
  readonly store: Reachability;
}

/** Probes of orchestrators give up after a few seconds: a call that hangs counts as failed before that. */
const DEADLINE_MS = 3000;

@Injectable()
export class HealthService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether this process can serve requests now. The reasons why not are in the log, not in the answer. */
  async checkReadiness(): Promise<Readiness> {
    const [database, store] = await Promise.all([
      this.probe('database', this.database.query('SELECT 1')),
      this.probe('store', this.store.check()),
    ]);
    return { isReady: database === 'reachable' && store === 'reachable', database, store };
  }

  private async probe(what: string, answer: Promise<unknown>): Promise<Reachability> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${DEADLINE_MS} ms`)), DEADLINE_MS);
    });
    try {
      await Promise.race([answer, deadline]);
      return 'reachable';
    } catch (error) {
      this.logger.warn({ err: error, what }, 'not ready');
      return 'unreachable';
    } finally {
      clearTimeout(timer);
    }
  }
}
