// `npm run backup -- FILE`: everything of this Berth, which may run meanwhile, in one file. Run again after it broke
// off, it goes on.
import path from 'node:path';
import { backupProgress, inBytes } from './start/backup-progress.mjs';
import { importBuilt } from './start/built-modules.mjs';
import { StartFailure } from './start/failure.mjs';
import { openOwnDatabase } from './start/own-database.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { Shutdown } from './start/shutdown.mjs';

/** @typedef {import('../apps/registry-api/src/backup/backup.js').BackupReport} BackupReport */

const shutdown = new Shutdown();
try {
  const file = readArguments(process.argv.slice(2));
  const { env, databaseUrl } = await openOwnDatabase(shutdown);
  const { createBlobStore } = await importBuilt('blobs/blob-store.provider.js');
  const { backUp } = await importBuilt('backup/backup.js');
  const store = createBlobStore(env);
  const progress = backupProgress();
  /** @type {BackupReport} */
  const report = await Promise.race([
    backUp({ databaseUrl, store, file, onProgress: progress.show }),
    shutdown.requested.then(() => {
      throw new StartFailure(`Stopped. The same command goes on with ${file}.partial.`);
    }),
  ]);
  progress.end();
  await store.close();
  console.log(`  ${file}: ${report.blobs} blobs, ${inBytes(report.blobBytes)}; ${report.rows} rows.`);
  if (report.damaged.length > 0) {
    throw new StartFailure(
      `The archive is whole but for ${report.damaged.length} blobs that the store has lost or changed:\n` +
        report.damaged.map((digest) => `  ${digest}`).join('\n'),
    );
  }
} catch (error) {
  reportFailure(error);
}
await shutdown.run();
process.exit();

/** @param {string[]} args @returns {string} the archive to make */
function readArguments([file, ...rest]) {
  if (file && !file.startsWith('-') && rest.length === 0) return path.resolve(file);
  throw new StartFailure('Use it so: npm run backup -- FILE');
}
