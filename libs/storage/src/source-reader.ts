/** Reads a source that may fail or be aborted at any time; neither is an error here, both just end it. */
export class SourceReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly signal?: AbortSignal,
  ) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Why the source ended early; undefined as long as it did not. */
  get error(): unknown {
    return this.failure && (this.failure.error ?? new Error('the source failed without saying why'));
  }

  /** The next chunk, or undefined at the end, early or not. */
  async next(): Promise<Uint8Array | undefined> {
    try {
      this.signal?.throwIfAborted();
      const { done, value } = await this.step();
      return done ? undefined : value;
    } catch (error) {
      this.failure = { error };
      this.close();
      return undefined;
    }
  }

  /** Lets go of a source that is not read to its end. Does not wait: a stuck source may never answer. */
  close(): void {
    this.iterator.return?.().catch(() => {});
  }

  private step(): Promise<IteratorResult<Uint8Array>> {
    const { signal } = this;
    if (!signal) return this.iterator.next();
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      this.iterator
        .next()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', abort));
    });
  }
}
