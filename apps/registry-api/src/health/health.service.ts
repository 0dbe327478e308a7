import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { Database } from '../database/database.js';
import { LOGGER, type Logger } from '../http/logger.js';

export type Reachability = 'reachable' | 'unreachable';

export interface Readiness {
  readonly isReady: boolean;
  /** It is about to end: requests under way are finished, new ones belong elsewhere. */
  readonly isDraining: boolean;
  readonly database: Reachability;
  readonly store: Reachability;
  /** Why what is away cannot be reached: error codes, without addresses. */
  readonly reasons?: readonly string[];
}

/** Probes of orchestrators give up after a few seconds: a call that hangs counts as failed before that. */
const DEADLINE_MS = 3000;

@Injectable()
export class HealthService {
  private isDraining = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether this process can serve requests now. Why not is told in short; the log has it in full. */
  async checkReadiness(): Promise<Readiness> {
    const failures = await Promise.all([
      this.probe('database', this.database.query('SELECT 1')),
      this.probe('store', this.store.check()),
    ]);
    const [database, store] = failures.map((failure) => (failure ? 'unreachable' : 'reachable')) as [
      Reachability,
      Reachability,
    ];
    const reasons = failures.filter((failure) => failure !== undefined);
    const { isDraining } = this;
    const isReady = reasons.length === 0 && !isDraining;
    return { isReady, isDraining, database, store, ...(reasons.length > 0 && { reasons }) };
  }

  /** Not ready from now on, while it serves what still comes. */
  beginDraining(): void {
    this.isDraining = true;
  }

  /** What is wrong, if anything is. */
  private async probe(what: string, answer: Promise<unknown>): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new NoAnswer()), DEADLINE_MS);
    });
    try {
      await Promise.race([answer, deadline]);
      return undefined;
    } catch (error) {
      this.logger.warn({ err: error, what }, 'not ready');
      return `${what}: ${reasonOf(error)}`;
    } finally {
      clearTimeout(timer);
    }
  }
}

class NoAnswer extends Error {
  constructor() {
    super(`no answer in ${DEADLINE_MS} ms`);
  }
}

/** The error's code, or that of its cause; a message may name hosts and folders. */
function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
