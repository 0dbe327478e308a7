import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes what was created, renamed or removed in a folder survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
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
