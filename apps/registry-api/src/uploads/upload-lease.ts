import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { UploadConflict, type UploadState } from '@berth/storage';
import { UploadBusy, UploadUnknown } from '../errors/domain-errors.js';
import { LEASE_SECONDS, type UploadRecord, type UploadStore } from './upload.store.js';

const RENEW_MS = (LEASE_SECONDS * 1000) / 3;
const POLL_MS = 150;

/**
 * One writer's hold on an upload. It is renewed while the writer lives; of a writer that died it runs out by itself,
 * so that a client's retry waits some seconds instead of failing. A writer that could not renew in time stops writing
 * before anybody else may start.
 */
export class UploadLease {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #confirmedAt = Date.now();

  private constructor(
    private readonly uploads: UploadStore,
    private readonly writer: string,
    readonly upload: UploadRecord,
  ) {
    this.#timer = setInterval(() => void this.renew(), RENEW_MS);
    this.#timer.unref();
  }

  /** Throws `UploadBusy` when a living writer has the upload, `UploadUnknown` when it is gone. */
  static async claim(uploads: UploadStore, uploadId: string): Promise<UploadLease> {
    const writer = randomUUID();
    let firstSeen: number | undefined;
    for (;;) {
      const claimed = await uploads.claim(uploadId, writer);
      if (!claimed) throw new UploadUnknown(uploadId);
      if (!('heldUntil' in claimed)) return new UploadLease(uploads, writer, claimed);
      firstSeen ??= claimed.heldUntil;
      if (claimed.heldUntil > firstSeen) throw new UploadBusy();
      await wait(POLL_MS);
    }
  }

  /** Aborted when the upload is somebody else's now. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Writes down durable bytes. Throws `UploadConflict` when the upload was lost meanwhile. */
  async advance(state: UploadState): Promise<void> {
    this.check(await this.uploads.advance(this.upload.id, this.writer, state));
  }

  /** Writes down the end of an append and lets go. Throws `UploadConflict`. */
  async release(as: Pick<UploadRecord, 'state' | 'digestSoFar' | 'held'>): Promise<void> {
    this.stop();
    this.check(await this.uploads.release(this.upload.id, this.writer, as));
  }

  /** Lets go of the upload as it was written down last, after an error that this must not hide. */
  async letGo(): Promise<void> {
    this.stop();
    await this.uploads.letGo(this.upload.id, this.writer).catch(() => {}); // else the lease runs out by itself
  }

  /** Removes the upload's record. Throws `UploadConflict`. */
  async remove(): Promise<void> {
    this.stop();
    this.check(await this.uploads.remove(this.upload.id, this.writer));
  }

  /** Turns the upload into a blob; answers keys that nothing names any more. Throws `UploadConflict`. */
  async finish(blob: Parameters<UploadStore['finish']>[1]): Promise<{ unusedKeys: string[] }> {
    this.stop();
    const finished = await this.uploads.finish({ uploadId: this.upload.id, writer: this.writer }, blob);
    if (!finished) throw new UploadConflict(this.upload.state.key);
    return finished;
  }

  /** Stops renewing; what was not written down is as if it had not arrived. */
  stop(): void {
    clearInterval(this.#timer);
  }

  private async renew(): Promise<void> {
    const isHeld = await this.uploads.renew(this.upload.id, this.writer).catch(() => undefined);
    if (isHeld) this.#confirmedAt = Date.now();
    const isLate = Date.now() - this.#confirmedAt > (LEASE_SECONDS - 1) * 1000;
    if (isHeld === false || isLate) this.#lost.abort(new UploadConflict(this.upload.state.key));
  }

  private check(isHeld: boolean): void {
    if (!isHeld) throw new UploadConflict(this.upload.state.key);
    this.#confirmedAt = Date.now();
  }
}

/** Waits while a writer that may be about to let go has the upload; a living one does not hold up the answer. */
export async function settled(uploads: UploadStore, uploadId: string): Promise<void> {
  const firstSeen = await uploads.heldUntil(uploadId);
  if (!firstSeen) return;
  for (;;) {
    await wait(POLL_MS);
    const heldUntil = await uploads.heldUntil(uploadId);
    if (!heldUntil || heldUntil > firstSeen) return;
  }
}
