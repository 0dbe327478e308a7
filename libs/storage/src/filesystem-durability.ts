import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes what was created, renamed or removed in a folder survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** A new file with these bytes. Throws EEXIST if there is one. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    // Together, so that one commit of the file system's journal does for both.
    await settled([file.datasync(), syncDirectory(dirname(path))]);
  } finally {
    await file.close();
  }
}

/** Waits for all, also when one fails: none may still use what is closed afterwards. */
export async function settled(works: readonly (Promise<void> | undefined)[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason;
}

const HEX_DIGITS = [...'0123456789abcdef'];

/** Makes the 256 folders of the key layout beforehand, durably: later no blob has to care for its folder. */
export async function makeShards(folder: string): Promise<void> {
  for (const first of HEX_DIGITS) {
    const made = await Promise.all(
      HEX_DIGITS.map((second) => mkdir(join(folder, first, second), { recursive: true })),
    );
    if (made.some((path) => path !== undefined)) await syncDirectory(join(folder, first));
  }
  await syncDirectory(folder);
}
