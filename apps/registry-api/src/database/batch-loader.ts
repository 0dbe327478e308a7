import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Turns look-ups that arrive in the same turn of the event loop into one query, with at most two queries in flight.
 * Those that ask the same are one look-up of it: however many clients read one tag at once, Postgres is asked once.
 * Consistency costs nothing: each query reads the database after its look-ups were asked for.
 */
export class BatchLoader<Request, Row> {
  /** By what they ask, in the order in which it was asked first. */
  private readonly waiting = new Map<string, Waiting<Request, Row>>();
  private inFlight = 0;
  private isScheduled = false;
  /**
   * Runs a function as part of the first of those that wait: in the log and in traces the statement is its own, and
   * not that of the batch whose end begins this one.
   */
  private asAsked: (work: () => void) => void = (work) => work();

  /**
   * `load` answers one row per request, in the order of the requests. `keyOf` tells apart what may be answered
   * differently; those with the same key share one row, which nobody may change.
   */
  constructor(
    private readonly load: (requests: Request[]) => Promise<Row[]>,
    private readonly keyOf: (request: Request) => string,
    private readonly maxBatch = 100,
    private readonly maxInFlight = 2,
  ) {}

  get(request: Request): Promise<Row> {
    const key = this.keyOf(request);
    const same = this.waiting.get(key);
    if (same) return same.answer;
    if (this.waiting.size === 0) this.asAsked = AsyncLocalStorage.snapshot();
    const { promise: answer, resolve, reject } = Promise.withResolvers<Row>();
    this.waiting.set(key, { request, answer, resolve, reject });
    this.schedule();
    return answer;
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
    while (this.waiting.size > 0 && this.inFlight < this.maxInFlight) void this.run(this.takeWaiting());
  }

  private takeWaiting(): Waiting<Request, Row>[] {
    const taken = [...this.waiting].slice(0, this.maxBatch);
    for (const [key] of taken) this.waiting.delete(key);
    return taken.map(([, waiting]) => waiting);
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
      if (this.waiting.size > 0) this.schedule();
    }
  }
}

interface Waiting<Request, Row> {
  readonly request: Request;
  readonly answer: Promise<Row>;
  readonly resolve: (row: Row) => void;
  readonly reject: (reason: unknown) => void;
}
