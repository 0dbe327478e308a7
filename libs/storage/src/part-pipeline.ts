export interface PartPipelineOptions {
  /** Size in bytes of the part with this index, the first being 0. */
  sizeOf(index: number): number;
  /** Stores a part. The bytes may be used until the promise settles, and not after. */
  send(part: Buffer, index: number): Promise<void>;
  /** Index of the first part; 0 by default. */
  firstIndex?: number;
}

/**
 * Cuts chunks of any size into parts and sends them in order: one part fills while the one before it is under way,
 * so never more than two are in memory.
 */
export class PartPipeline {
  private filling: PartBuffer;
  private spare: PartBuffer | undefined;
  private index: number;
  private sending: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly options: PartPipelineOptions) {
    this.index = options.firstIndex ?? 0;
    this.filling = new PartBuffer(options.sizeOf(this.index));
  }

  /** Takes all of the chunk, which the caller may then reuse. Throws what `send` threw, for this or an earlier part. */
  async add(chunk: Uint8Array): Promise<void> {
    if (this.failure) throw this.failure.error;
    for (let taken = 0; taken < chunk.length; ) {
      taken += this.filling.add(chunk.subarray(taken));
      if (this.filling.isFull) await this.sendFilled();
    }
  }

  /** Waits for the part under way and returns the bytes that do not fill one. Throws what `send` threw. */
  async rest(): Promise<Buffer> {
    await this.settled();
    return this.filling.content;
  }

  /** Waits until no part is under way, whatever became of it. */
  async idle(): Promise<void> {
    await this.sending;
  }

  private async sendFilled(): Promise<void> {
    await this.settled();
    const full = this.filling;
    const index = this.index++;
    this.filling = this.nextBuffer();
    this.sending = this.options.send(full.content, index).then(
      () => {
        this.spare = full;
      },
      (error: unknown) => {
        this.failure = { error };
      },
    );
  }

  private async settled(): Promise<void> {
    await this.sending;
    if (this.failure) throw this.failure.error;
  }

  private nextBuffer(): PartBuffer {
    const sizeBytes = this.options.sizeOf(this.index);
    const { spare } = this;
    this.spare = undefined;
    return spare?.sizeBytes === sizeBytes ? spare.emptied() : new PartBuffer(sizeBytes);
  }
}

/** Grows by doubling: most blobs are far smaller than a part. */
const FIRST_ALLOCATION_BYTES = 64 * 1024;

class PartBuffer {
  private bytes: Buffer;
  private length = 0;

  constructor(readonly sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(Math.min(sizeBytes, FIRST_ALLOCATION_BYTES));
  }

  get isFull(): boolean {
    return this.length === this.sizeBytes;
  }

  get content(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Returns how many bytes it took. */
  add(chunk: Uint8Array): number {
    const taken = Math.min(chunk.length, this.sizeBytes - this.length);
    this.reserve(this.length + taken);
    this.bytes.set(chunk.subarray(0, taken), this.length);
    this.length += taken;
    return taken;
  }

  emptied(): this {
    this.length = 0;
    return this;
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.min(this.sizeBytes, Math.max(length, this.bytes.length * 2)));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
