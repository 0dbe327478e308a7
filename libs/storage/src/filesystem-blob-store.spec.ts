import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { limitFileSize } from '../../../test/support/file-size-limit.js';
import { removeDirectory, temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { describeBlobStore } from './blob-store.contract.js';
import { StoreFull } from './errors.js';
import { FilesystemBlobStore } from './filesystem-blob-store.js';

describeBlobStore('filesystem', async () => {
  const directory = await temporaryDirectory('blobs');
  return {
    description: { kind: 'filesystem', options: { directory } },
    makeStore: () => new FilesystemBlobStore({ directory }),
    makeBreakable: async () => ({
      store: new FilesystemBlobStore({ directory }),
      // The kernel refuses what goes beyond it as it does on a full disk.
      break: () => limitFileSize(String(30 * 1024 * 1024)),
      repair: () => limitFileSize('unlimited'),
      error: StoreFull,
    }),
    assertNothingHidden: async () => {
      const entries = await readdir(directory, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => !entry.isDirectory());
      expect(files.map((entry) => join(entry.parentPath, entry.name))).toEqual([]);
    },
    stop: () => removeDirectory(directory),
  };
});
