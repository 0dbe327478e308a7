// One worker process.
import { importBuilt } from './built-modules.mjs';
import { giveBackMemory } from './give-back-memory.mjs';

// Ctrl-C in a terminal reaches every process of it; the supervisor decides when a worker stops.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});

/** Nothing has been accepted before the application listens for this itself. @param {{ type?: string }} message */
function endBeforeStart(message) {
  if (message?.type === 'shutdown') process.exit();
}

process.on('message', endBeforeStart);
let isStarted = false;

/** Why a start fails is said by the supervisor, in one sentence. @param {unknown} error */
function tellAndExit(error) {
  const reason = error instanceof Error ? error.message : String(error);
  if (isStarted || process.env.NODE_ENV !== 'production') console.error(error);
  process.send?.({ type: 'failed', reason }, () => process.exit(1));
}

process.on('uncaughtException', tellAndExit);
try {
  const { startTracing } = await importBuilt('tracing/tracing.js');
  await startTracing(process.env);
  await importBuilt('main.js');
  isStarted = true;
  process.off('message', endBeforeStart);
  if (process.exitCode) process.exit();
  giveBackMemory();
} catch (error) {
  tellAndExit(error);
}
