// A terminal sends Ctrl-C to all its processes, and npm and the script that waits for this one send it on as
// well: signals that come that close together are one.
const ONE_SIGNAL_MILLISECONDS = 1000;

/**
 * The end of a program that has started several things: it is asked for by Ctrl-C, SIGTERM, a closed terminal, or
 * the death of the process that waits for this one; and then undoes in reverse order what was done. Asked for a
 * second time, it no longer waits.
 */
export class Shutdown {
  /** @type {(() => unknown)[]} */
  #steps = [];
  /** @type {(() => unknown)[]} */
  #shortcuts = [];
  /** @type {number | undefined} */
  #requestedAt;

  constructor() {
    /** Settles when the end is asked for. */
    this.requested = new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      const request = () => {
        if (this.#requestedAt === undefined) {
          this.#requestedAt = performance.now();
          resolve();
        } else if (performance.now() - this.#requestedAt > ONE_SIGNAL_MILLISECONDS) {
          for (const shortcut of this.#shortcuts) shortcut();
        }
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, request);
      if (process.connected) process.once('disconnect', request);
    });
  }

  get isRequested() {
    return this.#requestedAt !== undefined;
  }

  /**
   * @param {() => unknown} step how to undo what was done just now; it may take its time
   * @param {() => unknown} [shortcut] makes the step end at once
   */
  add(step, shortcut) {
    this.#steps.push(step);
    if (shortcut) this.#shortcuts.push(shortcut);
  }

  /** Takes every step, also after one that failed. */
  async run() {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        process.exitCode = 1;
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
}
