// One worker process. What ends it before it could log is told to the supervisor.
import { importBuilt } from './built-modules.mjs';

// Ctrl-C in a terminal reaches every process of it; the supervisor decides when a worker stops.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});

/** @param {unknown} error */
function tellAndExit(error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error);
  process.send?.({ type: 'failed', reason }, () => process.exit(1));
}

process.on('uncaughtException', tellAndExit);
await importBuilt('main.js').catch(tellAndExit);
