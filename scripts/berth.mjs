// `npm run berth -- …`: the command line, beside a running Berth and without one. The embedded Postgres is found, or
// started for as long as the command takes.
import { importBuiltCli } from './start/built-modules.mjs';
import { readConfiguration } from './start/configuration.mjs';
import { buildUnlessRunning, embeddedDatabaseUrl } from './start/own-database.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { root } from './start/root.mjs';
import { Shutdown } from './start/shutdown.mjs';

const shutdown = new Shutdown();
/** npm runs scripts in the folder of the package, and says where the person is. */
const workingDirectory = process.env.INIT_CWD ?? process.cwd();
process.chdir(root);
// What a command has begun it ends first; a second Ctrl-C does not wait for that.
shutdown.add(
  () => {},
  () => process.exit(130),
);
try {
  await buildUnlessRunning();
  const { main } = await importBuiltCli();
  const findDatabase = async () => embeddedDatabaseUrl(await readConfiguration(process.env), shutdown);
  process.exitCode = await main(process.argv.slice(2), { findDatabase, workingDirectory });
} catch (error) {
  reportFailure(error);
}
await shutdown.run();
process.exit();
