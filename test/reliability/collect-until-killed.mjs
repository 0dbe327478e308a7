// A process that collects with grace 0, again and again, until it is killed: BERTH_* say where.
import { importBuilt } from '../../scripts/start/built-modules.mjs';

const { readEnv } = await importBuilt('env.js');
const { createApp } = await importBuilt('app.js');
const { Collector } = await importBuilt('garbage-collection/collector.js');
const { env } = readEnv();
const app = await createApp(env);
await app.init();
const collector = app.get(Collector, { strict: false });
const run = { signal: new AbortController().signal, report: () => {} };
process.stdout.write('collecting\n');
for (;;) await collector.collect({ graceSeconds: 0, isDryRun: false }, run);
