import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Turns look-ups that arrive in the same turn of the event loop into one query, with at most two queries in flight.
 * Consistency costs nothing: each query reads the database after its look-ups were asked for.
 */
export class BatchLoader<Request, Row> {
  private waiting: Waiting<Request, Row>[] = [];
  private inFlight = 0;
  private isScheduled = false;
  /**
   * Runs a function as part of the first of those that wait: in the log and in traces the statement is its own, and
   * not that of the batch whose end begins this one.
   */
  private asAsked: (work: () => void) => void = (work) => work();

  /** `load` answers one row per request, in the order of the requests. */
  constructor(
    private readonly load: (requests: Request[]) => Promise<Row[]>,
    private readonly maxBatch = 100,
    private readonly maxInFlight = 2,
  ) {}

  async get(request: Request): Promise<Row> {
    return new Promise<Row>((resolve, reject) => {
      if (this.waiting.length === 0) this.asAsked = AsyncLocalStorage.snapshot();
      this.waiting.push({ request, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled || this.inFlight >= this.maxInFlight) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.asAsked(() => this.runWaiting());
    });
  }

  private runWaiting(): void {
    while (this.waiting.length > 0 && this.inFlight < this.maxInFlight) {
      void this.run(this.waiting.splice(0, this.maxBatch));
    }
  }

  private async run(batch: Waiting<Request, Row>[]): Promise<void> {
    this.inFlight += 1;
    try {
      const rows = await this.load(batch.map(({ request }) => request));
      batch.forEach(({ resolve, reject }, index) => {
        const row = rows[index];
        if (row === undefined) reject(new Error('the look-up answered fewer rows than it was asked for'));
        else resolve(row);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.inFlight -= 1;
      if (this.waiting.length > 0) this.schedule();
    }
  }
}

interface Waiting<Request, Row> {
  readonly request: Request;
  readonly resolve: (row: Row) => void;
  readonly reject: (reason: unknown) => void;
}
