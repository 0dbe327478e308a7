import cluster from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from './app.js';
import { readEnv } from './env.js';
import { HealthService } from './health/health.service.js';
import { letConnectionsGo } from './http/let-connections-go.js';
import { createLogger } from './http/logger.js';
import { stopTracing } from './tracing/tracing.js';

/** One worker process: told apart from a whole Berth (`npm start`) by needing a migrated database. */
async function main(): Promise<void> {
  const parsed = readEnv();
  if (!parsed.ok) return refuse(parsed.message);
  const { env } = parsed;
  if (env.databaseUrl === undefined)
    return refuse('BERTH_DATABASE_URL is not set; `npm start` brings a Postgres of its own');
  const logger = await createLogger(env);
  const app = await createApp(env);
  const server = await app.listen(env.port, env.host);
  const { port } = server.address() as { port: number };
  logger.debug({ port, host: env.host, worker: cluster.worker?.id }, 'listening');
  const stop = once(async () => {
    logger.debug('draining');
    app.get(HealthService).beginDraining();
    letConnectionsGo(server);
    await delay(env.drainSeconds * 1000); // gateways look at readiness every few seconds
    await app.close();
    await stopTracing();
    process.exit(0);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('message', (message: { type?: string }) => {
    if (message?.type === 'shutdown') stop();
  });
  process.on('disconnect', stop);
  process.send?.({ type: 'ready', port });
}

function once(action: () => Promise<void>): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    void action();
  };
}

function refuse(message: string): void {
  process.stderr.write(`berth: ${message}\n`);
  process.exitCode = 1;
}

await main();
