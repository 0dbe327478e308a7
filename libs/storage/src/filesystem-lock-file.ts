import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { systemErrorCode, unlessMissing } from './filesystem-errors.js';
import { newNonce } from './key-layout.js';
import { isRunning, type ProcessIdentity } from './process-identity.js';

export interface LockHolder extends ProcessIdentity {
  readonly nonce: string;
}

export interface LockFile {
  /** Undefined while its maker has not written it yet, or if it died before it could. */
  readonly holder: LockHolder | undefined;
  /** What no other lock of this upload is called by. */
  readonly name: string;
  readonly modifiedAtMs: number;
}

/** A holder that cannot be seen from here counts as dead when its file was not renewed for so long. */
const STALE_AFTER_MS = 30_000;

/** False if the file is there already: of all that try at once, one is told true. */
export async function createLockFile(path: string, holder: LockHolder): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    await unlessMissing(unlink(path)).catch(() => {}); // no space for its content: nobody may wait for it
    throw error;
  }
}

/** Writes it anew, so that its time is the one of the machine that has the disk, as for all that compare. */
export async function renewLockFile(path: string, holder: LockHolder): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
}

export async function readLockFile(path: string): Promise<LockFile | undefined> {
  const file = await unlessMissing(open(path, 'r'));
  if (!file) return undefined;
  try {
    const { mtimeMs, ino } = await file.stat();
    const holder = parseHolder(await file.readFile('utf8'));
    return { holder, name: holder?.nonce ?? `inode-${ino}`, modifiedAtMs: mtimeMs };
  } finally {
    await file.close();
  }
}

/** Whether the one who made the lock still works. `path` is where a file may be made to ask the disk for its time. */
export async function isLockHeld(lock: LockFile, path: string): Promise<boolean> {
  const running = lock.holder && (await isRunning(lock.holder));
  return running ?? (await diskTimeMs(path)) - lock.modifiedAtMs < STALE_AFTER_MS;
}

async function diskTimeMs(path: string): Promise<number> {
  const probe = `${path}-${newNonce()}`;
  const file = await open(probe, 'wx');
  try {
    return (await file.stat()).mtimeMs;
  } finally {
    await file.close();
    await unlink(probe);
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return undefined;
  }
}
