import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** For `CONTAINERS_STORAGE_CONF`: podman and buildah keep what they have below `folder`, and nothing on the machine. */
export function containersStorageIn(folder: string): string {
  const file = join(folder, '.storage.conf');
  const storage = join(folder, '.storage');
  const lines = [
    '[storage]',
    'driver = "vfs"',
    `graphroot = "${storage}/graph"`,
    `runroot = "${storage}/run"`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
