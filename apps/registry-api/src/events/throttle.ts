/** Runs `work` soon after it is asked for, at most once in `gapMs`, and never twice at once. */
export class Throttle {
  private timer?: NodeJS.Timeout;
  private isRunning = false;
  private isWanted = false;
  private isStopped = false;
  private lastEndedAt = Number.NEGATIVE_INFINITY;

  /** `work` must not throw. */
  constructor(
    private readonly gapMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  soon(): void {
    this.isWanted = true;
    if (this.isRunning || this.timer !== undefined || this.isStopped) return;
    const wait = Math.max(0, this.lastEndedAt + this.gapMs - Date.now());
    this.timer = setTimeout(() => void this.run(), wait);
    this.timer.unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.isWanted = false;
    this.isRunning = true;
    await this.work();
    this.isRunning = false;
    this.lastEndedAt = Date.now();
    if (this.isWanted) this.soon();
  }
}
