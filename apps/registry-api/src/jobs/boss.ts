import type { Pool } from 'pg';
import { type ConstructorOptions, type Db, PgBoss } from 'pg-boss';
import type { SqlClient } from '../database/database.js';

/** pg-boss keeps its tables in a schema of its own. */
const SCHEMA = 'pgboss';

/** All jobs share one queue, so that a process asks once for all of them; jobs are told apart by `singletonKey`. */
export const QUEUE = 'jobs';

/** A run whose process has died is begun again after this and one look of the supervisor. */
const HEARTBEAT_SECONDS = 10;

const queueOptions = {
  retryLimit: 5,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 24 * 60 * 60 - 1,
};

/**
 * A pg-boss that sends its statements through the pool that is there already, so that it takes no connection of its
 * own. One that is no worker only puts jobs into the queue.
 */
export function createBoss(pool: Pool, isWorker: boolean): PgBoss {
  const options: ConstructorOptions = {
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: SCHEMA,
    // `migrate` has made the schema before any worker starts; what is left to do in the background goes on here.
    migrate: true,
    supervise: isWorker,
    schedule: isWorker,
    superviseIntervalSeconds: HEARTBEAT_SECONDS,
    monitorIntervalSeconds: HEARTBEAT_SECONDS,
    cronWorkerIntervalSeconds: 15,
    flowIntervalSeconds: 3600, // unused
    registerInstance: false,
    monitorVacuum: false,
  };
  return new PgBoss(options);
}

/** Makes the schema of pg-boss, or brings it up to this version of it, and the queue. Under the lock of `migrate`. */
export async function installBoss(pool: Pool): Promise<void> {
  const boss = createBoss(pool, false);
  await boss.start();
  try {
    await boss.createQueue(QUEUE, { policy: 'exclusive', ...queueOptions });
    await boss.updateQueue(QUEUE, queueOptions);
  } finally {
    await boss.stop();
  }
}

/** For statements of pg-boss that belong into a transaction of ours. */
export function within(client: SqlClient): Db {
  return { executeSql: async (text, values) => ({ rows: await client.query(text, values) }) };
}
