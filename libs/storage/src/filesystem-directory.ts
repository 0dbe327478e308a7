import { constants } from 'node:fs';
import { access, mkdir, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnavailable } from './errors.js';
import { makeShards } from './filesystem-durability.js';
import { onStoreDisk } from './filesystem-errors.js';
import { BLOBS, blobPath, newNonce, UPLOADS } from './key-layout.js';

/** The folder that a filesystem store has for itself. Keys given to it are checked before. */
export class StoreDirectory {
  readonly blobs: string;
  readonly uploads: string;

  constructor(private readonly root: string) {
    this.blobs = join(root, BLOBS);
    this.uploads = join(root, UPLOADS);
  }

  blob(key: string): string {
    return join(this.root, blobPath(key));
  }

  staged(key: string): string {
    return join(this.uploads, key);
  }

  lock(key: string): string {
    return `${this.staged(key)}.lock`;
  }

  /** Makes the folders. Throws `StoreUnavailable` if they cannot be made, written or renamed between. */
  async prepare(): Promise<void> {
    try {
      await mkdir(this.blobs, { recursive: true });
      await mkdir(this.uploads, { recursive: true });
      await makeShards(this.blobs);
      await this.tryWriting();
    } catch (error) {
      throw new StoreUnavailable(`${this.root} is no usable folder: ${(error as Error).message}`, {
        cause: error,
      });
    }
    if ((await stat(this.blobs)).dev !== (await stat(this.uploads)).dev) {
      throw new StoreUnavailable(`${this.blobs} and ${this.uploads} must lie on one file system`);
    }
  }

  /** Throws `StoreUnavailable` unless both folders are there, which they are not when a volume is not mounted. */
  async assertUsable(): Promise<void> {
    const mode = constants.R_OK | constants.W_OK | constants.X_OK;
    await onStoreDisk(async () => {
      await access(this.blobs, mode);
      await access(this.uploads, mode);
    });
  }

  private async tryWriting(): Promise<void> {
    const probe = join(this.uploads, `probe-${newNonce()}`);
    const file = await open(probe, 'wx');
    await file.close();
    await unlink(probe);
  }
}
