// `npm run migrate`: brings the schema of BERTH_DATABASE_URL, or of the embedded Postgres, up to this program; with
// --built, to the program as it was built last.
import path from 'node:path';
import { build } from './start/build.mjs';
import { readConfiguration } from './start/configuration.mjs';
import { ensureWritable, holdDataDirectory } from './start/data-directory.mjs';
import { migrate } from './start/database.mjs';
import { startPostgres } from './start/embedded-postgres.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { Shutdown } from './start/shutdown.mjs';

const shutdown = new Shutdown();
try {
  if (!process.argv.includes('--built')) await build();
  const env = await readConfiguration(process.env);
  const { applied } = await migrate(env.databaseUrl ?? (await embeddedUrl(env.dataDirectory)));
  console.log(applied.length > 0 ? applied.join('\n') : 'The schema is up to date.');
} catch (error) {
  reportFailure(error);
}
await shutdown.run();
process.exit();

/** @param {string} dataDirectory */
async function embeddedUrl(dataDirectory) {
  ensureWritable(dataDirectory);
  const held = await holdDataDirectory(dataDirectory);
  shutdown.add(() => held.release());
  const postgres = await startPostgres({ dataDirectory: path.join(dataDirectory, 'postgres') });
  shutdown.add(() => postgres.stop());
  return postgres.url;
}
