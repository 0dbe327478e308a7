// `npm run restore -- FILE`: fills an empty Berth from what `npm run backup` wrote, whatever database and store it has.
// Run again after it broke off, it goes on.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { backupProgress } from './start/backup-progress.mjs';
import { importBuilt } from './start/built-modules.mjs';
import { migrate } from './start/database.mjs';
import { StartFailure } from './start/failure.mjs';
import { openOwnDatabase } from './start/own-database.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { Shutdown } from './start/shutdown.mjs';
import { prepareStorage } from './start/storage.mjs';

/** @typedef {import('../apps/registry-api/src/backup/restore.js').RestoreReport} RestoreReport */

const shutdown = new Shutdown();
try {
  const file = readArguments(process.argv.slice(2));
  const { env, databaseUrl } = await openOwnDatabase(shutdown);
  await migrate(databaseUrl);
  await prepareStorage(env);
  const { createBlobStore } = await importBuilt('blobs/blob-store.provider.js');
  const { restore } = await importBuilt('backup/restore.js');
  const store = createBlobStore(env);
  const progress = backupProgress();
  /** @type {RestoreReport} */
  const report = await Promise.race([
    restore({ databaseUrl, store, file, onProgress: progress.show }),
    shutdown.requested.then(() => {
      throw new StartFailure('Stopped: nothing of it is visible yet. The same command goes on.');
    }),
  ]);
  progress.end();
  await store.close();
  console.log(`  ${file}: ${report.blobs} blobs and ${report.rows} rows restored. Berth can be started.`);
  if (report.damaged.length > 0) {
    console.log(`  ${report.damaged.length} blobs were damaged before: push what answers 404 again.`);
  }
} catch (error) {
  reportFailure(error);
}
await shutdown.run();
process.exit();

/** @param {string[]} args @returns {string} the archive to read */
function readArguments([file, ...rest]) {
  if (!file || file.startsWith('-') || rest.length > 0) {
    throw new StartFailure('Use it so: npm run restore -- FILE');
  }
  if (!existsSync(file)) throw new StartFailure(`There is no file ${path.resolve(file)}.`);
  return path.resolve(file);
}
