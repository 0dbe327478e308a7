import { unlink } from 'node:fs/promises';
import { UploadConflict } from './errors.js';
import { unlessMissing } from './filesystem-errors.js';
import {
  createLockFile,
  isLockHeld,
  type LockFile,
  type LockHolder,
  readLockFile,
  renewLockFile,
} from './filesystem-lock-file.js';
import { newNonce } from './key-layout.js';
import { thisProcess } from './process-identity.js';

const RENEW_EVERY_MS = 10_000;

/**
 * Keeps a second writer from an upload, in this process and every other one.
 *
 * A lock is a file that only one can create. The lock of a dead holder is not removed, for another process may have
 * done that a moment ago and what is removed would be its lock. It is succeeded: whoever creates the one file named
 * after the dead one holds the lock. So the holder is the last of a chain that begins at `<id>.lock`. A chain is
 * removed from its beginning, and who joined it must find itself in it afterwards, or it joined one that was ending.
 */
export class UploadLock {
  private readonly renewal: NodeJS.Timeout;

  private constructor(
    private readonly key: string,
    /** From `<id>.lock` to the file of this holder. */
    private readonly chain: readonly string[],
    private readonly holder: LockHolder,
  ) {
    this.renewal = setInterval(() => this.renew(), RENEW_EVERY_MS).unref();
  }

  /** `path` is `<id>.lock`. Throws `UploadConflict` at once if somebody holds it. */
  static async acquire(path: string, key: string): Promise<UploadLock> {
    const holder = { ...thisProcess, nonce: newNonce() };
    const chain = [path];
    while (!(await createLockFile(chain.at(-1)!, holder))) {
      const found = await readLockFile(chain.at(-1)!);
      // Gone again: somebody was writing until this moment.
      if (!found || (await isLockHeld(found, path))) throw new UploadConflict(key);
      chain.push(successorOf(path, found));
    }
    const lock = new UploadLock(key, chain, holder);
    if (chain.length === 1 || (await lock.isLast())) return lock;
    clearInterval(lock.renewal);
    await unlessMissing(unlink(chain.at(-1)!));
    throw new UploadConflict(key);
  }

  /** Throws `UploadConflict` if another host took the lock over, because this one was not heard of for too long. */
  async assertHeld(): Promise<void> {
    if (!(await this.isLast())) throw new UploadConflict(this.key);
  }

  /** Whether this is a file of the lock itself. */
  owns(path: string): boolean {
    return this.chain.includes(path);
  }

  async release(): Promise<void> {
    clearInterval(this.renewal);
    if (!(await this.isLast())) return;
    for (const path of this.chain) await unlessMissing(unlink(path));
  }

  /** Whether the chain that lies there ends with this holder. */
  private async isLast(): Promise<boolean> {
    const path = this.chain[0]!;
    let found = await readLockFile(path);
    while (found && found.holder?.nonce !== this.holder.nonce) {
      found = await readLockFile(successorOf(path, found));
    }
    return found !== undefined && (await readLockFile(successorOf(path, found))) === undefined;
  }

  private renew(): void {
    // If no try succeeds in time, `assertHeld` notices.
    renewLockFile(this.chain.at(-1)!, this.holder).catch(() => {});
  }
}

function successorOf(path: string, lock: LockFile): string {
  return `${path}-${lock.name}`;
}
