// `npm run admin -- reset-password NAME`: for whoever has the machine and is locked out of Berth. Works beside a
// running Berth and without one.
import path from 'node:path';
import { build } from './start/build.mjs';
import { importBuilt } from './start/built-modules.mjs';
import { readConfiguration } from './start/configuration.mjs';
import {
  embeddedDataDirectory,
  ensureWritable,
  holdDataDirectory,
  isInUse,
} from './start/data-directory.mjs';
import { migrate } from './start/database.mjs';
import { startPostgres } from './start/embedded-postgres.mjs';
import { StartFailure } from './start/failure.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { runningPostgresUrl } from './start/running-postgres.mjs';
import { Shutdown } from './start/shutdown.mjs';

const shutdown = new Shutdown();
try {
  const username = readArguments(process.argv.slice(2));
  const directory = embeddedDataDirectory(process.env);
  // A build would pull a running Berth's files away; what it was built from is good enough.
  if (!directory || !isInUse(directory)) await build();
  const env = await readConfiguration(process.env);
  const databaseUrl = env.databaseUrl ?? (await embeddedUrl(env.dataDirectory));
  console.log(await resetPassword(databaseUrl, username));
} catch (error) {
  reportFailure(error);
}
await shutdown.run();
process.exit();

/** @param {string[]} args @returns {string} the user's name */
function readArguments([command, username, ...rest]) {
  if (command === 'reset-password' && username && rest.length === 0) return username;
  throw new StartFailure('Use it so: npm run admin -- reset-password NAME');
}

/** @param {string} databaseUrl @param {string} username @returns {Promise<string>} what to tell the person */
async function resetPassword(databaseUrl, username) {
  const module = await importBuilt('accounts/reset-password.js');
  /** @type {{ password: string, isAdmin: boolean, isDisabled: boolean } | undefined} */
  const reset = await module.resetPassword(databaseUrl, username);
  if (!reset) throw new StartFailure(`There is no user "${username}".`);
  const notes = [
    ...(reset.isAdmin ? [] : ['  This user is no admin.']),
    ...(reset.isDisabled ? ['  The account is disabled: an admin has to enable it.'] : []),
  ];
  return [
    `  User        ${username}`,
    `  Password    ${reset.password}    (shown this once: change it after signing in)`,
    '  Every session of this user has ended.',
    ...notes,
  ].join('\n');
}

/** @param {string} dataDirectory @returns {Promise<string>} of the Postgres that runs, or of one started for this */
async function embeddedUrl(dataDirectory) {
  if (isInUse(dataDirectory)) return runningPostgresUrl(dataDirectory);
  ensureWritable(dataDirectory);
  const held = await holdDataDirectory(dataDirectory);
  shutdown.add(() => held.release());
  const postgres = await startPostgres({ dataDirectory: path.join(dataDirectory, 'postgres') });
  shutdown.add(() => postgres.stop());
  await migrate(postgres.url);
  return postgres.url;
}
