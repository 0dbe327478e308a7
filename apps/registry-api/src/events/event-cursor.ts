/** How long the transaction of an event may have taken to be still waited for. */
const MISSING_MS = 60_000;
const MAX_MISSING = 1000;

/**
 * Where one has read the events to. Their ids are given when they are written and not when they are committed, so that
 * a lower one may come later: ids that were passed over are asked for again for a minute.
 */
export class EventCursor {
  last = 0;
  private readonly missed = new Map<number, number>();

  get missing(): number[] {
    return [...this.missed.keys()];
  }

  /** Begins after the newest of some ids; what is missing between them is waited for. */
  begin(ids: readonly number[], now = Date.now()): void {
    this.missed.clear();
    this.last = ids.length > 0 ? Math.min(...ids) : 0;
    this.pass(ids, now);
  }

  /** What was read: in any order. */
  pass(ids: readonly number[], now = Date.now()): void {
    for (const id of [...ids].sort((a, b) => a - b)) {
      this.missed.delete(id);
      for (let between = Math.max(this.last + 1, id - MAX_MISSING); between < id; between += 1)
        this.missed.set(between, now);
      this.last = Math.max(this.last, id);
    }
    for (const [id, since] of this.missed)
      if (since < now - MISSING_MS || this.missed.size > MAX_MISSING) this.missed.delete(id);
  }
}
