const QUICK_DEATH_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 10;

/** How often processes of a kind have ended soon after they began, and how long to wait before the next one. */
export class Deaths {
  /** In a row. */
  quick = 0;

  /** @param {{ began: number, wasEverReady: boolean }} life of the one that has ended; `began` of `performance` */
  record({ began, wasEverReady }) {
    const isQuick = !wasEverReady || performance.now() - began < QUICK_DEATH_SECONDS * 1000;
    this.quick = isQuick ? this.quick + 1 : 0;
  }

  /** Doubles with every quick death; none after the first. */
  get pauseMilliseconds() {
    const seconds = this.quick < 2 ? 0 : 2 ** (this.quick - 3);
    return Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000;
  }

  /** For the sentence that says that another one takes its place. */
  get when() {
    return this.pauseMilliseconds > 0 ? ` in ${this.pauseMilliseconds / 1000} s` : '';
  }
}
