// What `npm start` does once Node and the packages are there: builds what is not built, starts Postgres, migrates,
// and supervises the workers until it is told to stop.
import path from 'node:path';
import { build, targetsToBuild } from './build.mjs';
import { publicUrlOf, readConfiguration, workerEnvironment } from './configuration.mjs';
import { ensureWritable, holdDataDirectory } from './data-directory.mjs';
import { connectionsFor } from './database.mjs';
import { startPostgres } from './embedded-postgres.mjs';
import { StartFailure } from './failure.mjs';
import { giveBackMemory } from './give-back-memory.mjs';
import { chooseListeningPort } from './listening-port.mjs';
import { Preparation } from './preparation.mjs';
import { reportFailure } from './report-failure.mjs';
import { root } from './root.mjs';
import { Shutdown } from './shutdown.mjs';
import { stage } from './stage.mjs';
import { describeStorage } from './storage.mjs';
import { Supervisor } from './supervisor.mjs';
import { waitingForPart } from './waiting.mjs';
import { watchAndReload } from './watch.mjs';
import { WebApp } from './web-app.mjs';
import { webEnvironment } from './web-environment.mjs';
import { sayOtherPort, welcome } from './welcome.mjs';

/** @typedef {import('../../apps/registry-api/src/env.js').Env} Env */

const began = Number(/--began=(\d+)/.exec(process.argv.join(' '))?.[1] ?? Date.now());
const isDevelopment = process.argv.includes('--dev');
/** Whether to run the web app: unless another one was named, or none is wanted. */
const isWebWanted = !process.argv.includes('--no-web') && !process.env.BERTH_WEB_URL;
const shutdown = new Shutdown();

/** @type {Promise<never>} */
const never = new Promise(() => {});

process.chdir(root);
try {
  const { failure } = await start();
  giveBackMemory();
  await Promise.race([shutdown.requested, failure]);
  console.log('\n  Stopping: running requests are finished first. Ctrl-C again ends them at once.');
} catch (error) {
  if (!shutdown.isRequested) reportFailure(error);
}
await shutdown.run();
process.exit();

/** @returns {Promise<{ failure: Promise<never> }>} `failure` rejects when Berth cannot go on */
async function start() {
  const parts = partsToBuild();
  if (targetsToBuild(parts).length > 0) await step('build', () => build(parts));
  const env = await readConfiguration(process.env);
  if (!env.databaseUrl || env.storage.kind === 'filesystem') ensureWritable(env.dataDirectory);
  if (!env.databaseUrl) await hold(env.dataDirectory);
  await chooseListeningPort(env);
  const preparation = new Preparation();
  shutdown.add(() => preparation.end());
  const { databaseUrl, failure } = env.databaseUrl
    ? { databaseUrl: env.databaseUrl, failure: never }
    : await startEmbedded(env);
  await step(
    'storage',
    () => waitingForPart(() => preparation.storage(), patience(env)),
    () => inCheckout(describeStorage(env)),
  );
  const admin = await prepareDatabase(preparation, databaseUrl, env);
  preparation.end();
  // Looked for a second time: the first look was seconds ago, so as to fail before anything was started.
  const port = await chooseListeningPort(env);
  const supervisor = await startProcesses(env, { port, databaseUrl });
  if (isDevelopment) shutdown.add(watchAndReload(supervisor, databaseUrl));
  const publicUrl = publicUrlOf(env, port, process.env);
  console.log(welcome({ publicUrl, admin, tookMilliseconds: Date.now() - began }));
  if (port !== env.port && !env.isPortGiven) console.log(sayOtherPort(env.port, port));
  return { failure };
}

/** In development, Next compiles the pages as they are asked for. @returns {import('./build-targets.mjs').TargetName[]} */
function partsToBuild() {
  return isWebWanted && !isDevelopment ? ['registry-api', 'web'] : ['registry-api'];
}

/** @param {string} place */
function inCheckout(place) {
  return place.replace(root + path.sep, '');
}

/** @param {string} directory */
async function hold(directory) {
  const held = await holdDataDirectory(directory);
  shutdown.add(() => held.release());
  shutdown.requested.then(() => held.announceStop());
}

/** @param {Env} env */
async function startEmbedded({ dataDirectory, workers }) {
  /** @type {string[]} */
  const notices = [];
  const work = async () => {
    const postgres = await startPostgres({
      dataDirectory: path.join(dataDirectory, 'postgres'),
      maxConnections: connectionsFor(workers),
      onNotice: (line) => notices.push(line),
    });
    shutdown.add(() => postgres.stop());
    return postgres;
  };
  const postgres = await step(
    'postgres',
    work,
    ({ port, directory }) => `${inCheckout(directory)}, port ${port}`,
  );
  for (const notice of notices) console.log(`  ${notice}.`);
  const failure = postgres.exited.then((sentence) => Promise.reject(new StartFailure(sentence)));
  failure.catch(() => {});
  return { databaseUrl: postgres.url, failure };
}

/** @param {Preparation} preparation @param {string} databaseUrl @param {Env} env */
async function prepareDatabase(preparation, databaseUrl, env) {
  const describe = (/** @type {{ applied: string[] }} */ { applied }) =>
    applied.length > 0 ? `${applied.length} migrations` : 'up to date';
  await step('schema', () => waitingForPart(() => preparation.schema(databaseUrl), patience(env)), describe);
  return preparation.admin(databaseUrl);
}

/** Parts that start at the same time as this one may take a while longer. @param {Env} env */
function patience({ startPatienceSeconds }) {
  return { withinSeconds: startPatienceSeconds, isStopping: () => shutdown.isRequested };
}

/** The workers and the web app, side by side. @param {Env} env @param {{ port: number, databaseUrl: string }} found */
async function startProcesses(env, found) {
  const web = isWebWanted ? await WebApp.prepare({ isDevelopment }) : undefined;
  const environment = { ...(await workerEnvironment(env, found, process.env)), ...web?.environmentOfWorkers };
  const supervisor = new Supervisor({ count: env.workers, environment });
  shutdown.add(
    async () => {
      await web?.stop(); // first: the pages that it is making still need the workers
      await supervisor.stop();
    },
    () => Promise.all([supervisor.kill(), web?.kill()]),
  );
  const where = `${env.workers} on ${env.host}:${found.port}`;
  const workers = step(
    'workers',
    () => supervisor.start(),
    () => where,
  );
  const pages = web && step('web', () => web.start(webEnvironment(env, environment, found.port)));
  await Promise.all([workers, pages]);
  return supervisor;
}

/**
 * A stage, unless the end was asked for meanwhile.
 *
 * @template T
 * @param {string} name @param {() => Promise<T>} work @param {(result: T) => string} [describe]
 */
async function step(name, work, describe) {
  const result = await stage(name, work, describe);
  if (shutdown.isRequested) throw new StartFailure('Stopped before the start had come to its end.');
  return result;
}
