// `npm run admin -- reset-password NAME`: for whoever has the machine and is locked out of Berth. Works beside a
// running Berth and without one.
import { importBuilt } from './start/built-modules.mjs';
import { StartFailure } from './start/failure.mjs';
import { openOwnDatabase } from './start/own-database.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { Shutdown } from './start/shutdown.mjs';

const shutdown = new Shutdown();
try {
  const username = readArguments(process.argv.slice(2));
  const { databaseUrl } = await openOwnDatabase(shutdown);
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
