import { setTimeout as delay } from 'node:timers/promises';

/** Longest pause at once, so that an end asked for meanwhile is noticed. */
const LONGEST_PAUSE_MS = 1000;

/** Holds readers to a number of bytes a second, by making them wait. */
export class ByteRate {
  private freeAt: number;

  constructor(
    private readonly bytesPerSecond: number | undefined,
    private readonly now: () => number = () => performance.now(),
    private readonly wait: (milliseconds: number) => Promise<unknown> = delay,
  ) {
    this.freeAt = now();
  }

  /** Waits until so many more bytes may be read. Time in which nobody read is not saved up. */
  async spend(bytes: number): Promise<void> {
    if (this.bytesPerSecond === undefined) return;
    this.freeAt = Math.max(this.freeAt, this.now()) + (bytes / this.bytesPerSecond) * 1000;
    for (let left = this.freeAt - this.now(); left > 1; left = this.freeAt - this.now()) {
      await this.wait(Math.min(left, LONGEST_PAUSE_MS));
    }
  }
}
