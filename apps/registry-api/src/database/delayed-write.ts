/** Writes what is held in memory some time after the first of it came, and at shutdown. */
export class DelayedWrite {
  private timer?: NodeJS.Timeout;
  private isShuttingDown = false;

  /** `write` takes what is held and must not throw. */
  constructor(
    private readonly delayMs: number,
    private readonly write: (isLast: boolean) => Promise<void>,
  ) {}

  /** There is something to write. Requests that are still answered at shutdown come after the last time: at once. */
  schedule(): void {
    if (this.isShuttingDown) void this.now();
    else this.timer ??= setTimeout(() => void this.now(), this.delayMs).unref();
  }

  /** For what could not be written: tried again later, but not for ever at shutdown. */
  retry(): void {
    if (!this.isShuttingDown) this.schedule();
  }

  async now(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.write(this.isShuttingDown);
  }

  /** The pool ends with the application: before that. */
  async shutDown(): Promise<void> {
    this.isShuttingDown = true;
    await this.now();
  }
}
