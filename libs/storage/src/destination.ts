import type { Writable } from 'node:stream';
import { DestinationClosed } from './errors.js';

/** Writes to a stream that may close at any moment: every write settles, and none waits for ever. */
export class Destination {
  private failure: Error | undefined;
  private readonly onFailure: Set<(error: Error) => void> = new Set();

  constructor(private readonly to: Writable) {
    if (to.destroyed || to.writableEnded) this.failure = new DestinationClosed();
    to.on('close', this.closed);
    to.on('error', this.failed);
  }

  /** Settles once the bytes may be reused. */
  write(chunk: Uint8Array): Promise<void> {
    return this.untilFailure((resolve, reject) => {
      this.to.write(chunk, (error) => (error ? reject(new DestinationClosed({ cause: error })) : resolve()));
    });
  }

  /** A promise to wait for before the next write, if the stream wants that. The bytes may be reused once written. */
  push(chunk: Uint8Array, onWritten: () => void): Promise<void> | undefined {
    const isTaken = !this.failure && this.to.write(chunk, (error) => error || onWritten());
    if (isTaken) return undefined;
    return this.untilFailure((resolve) => this.to.once('drain', resolve));
  }

  /** Calls back when the stream closes or fails, at once if it has. */
  whenFailed(listener: (error: Error) => void): void {
    if (this.failure) listener(this.failure);
    else this.onFailure.add(listener);
  }

  /** Lets go of the stream. After a failure it still takes the errors that may follow, for nobody else may listen. */
  release(): void {
    this.onFailure.clear();
    this.to.off('close', this.closed);
    if (!this.failure) this.to.off('error', this.failed);
  }

  private async untilFailure(
    begin: (resolve: () => void, reject: (error: Error) => void) => void,
  ): Promise<void> {
    if (this.failure) throw this.failure;
    let fail: ((error: Error) => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        fail = reject;
        this.onFailure.add(reject);
        begin(resolve, reject);
      });
    } finally {
      if (fail) this.onFailure.delete(fail);
    }
  }

  private readonly closed = (): void => this.failed();

  private readonly failed = (cause?: Error): void => {
    this.failure ??= new DestinationClosed({ cause });
    for (const listener of this.onFailure) listener(this.failure);
  };
}
