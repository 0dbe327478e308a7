import type { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { createDataSource } from './data-source.js';
import { poolOf } from './database/database.js';
import { completePostgres15 } from './database/postgres-15.js';
import { installBoss } from './jobs/boss.js';

/** Two processes that start at once must not migrate at once. */
const MIGRATION_LOCK = 0x6265727468;

export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/**
 * Brings the schema up to this program under an advisory lock.
 * @throws MigrationRefused with one sentence when the database cannot be reached or is newer than the program.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  return onDatabase(databaseUrl, migrateUnderLock);
}

/**
 * Whether the schema is this program's.
 * @throws MigrationRefused with one sentence when the database cannot be reached or is newer than the program.
 */
export async function isMigrated(databaseUrl: string): Promise<boolean> {
  return onDatabase(databaseUrl, async (dataSource) => {
    await refuseNewerSchema(dataSource);
    return !(await dataSource.showMigrations());
  });
}

async function onDatabase<T>(databaseUrl: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = createDataSource(databaseUrl, 3);
  try {
    await dataSource.initialize();
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error);
    throw new MigrationRefused(`The database cannot be reached (${reason}). Check BERTH_DATABASE_URL.`, {
      cause: error,
    });
  }
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function migrateUnderLock(dataSource: DataSource): Promise<{ applied: string[] }> {
  const lockHolder = dataSource.createQueryRunner();
  try {
    await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(dataSource);
    await completePostgres15(dataSource);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    await installBoss(poolOf(dataSource));
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await lockHolder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lockHolder.release();
  }
}

async function refuseNewerSchema(dataSource: DataSource): Promise<void> {
  const known = new Set(migrations.map((migration) => migration.name));
  const [table] = await dataSource.query<{ exists: boolean }[]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
  );
  if (!table?.exists) return;
  const applied = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
  const unknown = applied.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new MigrationRefused(
      `The database was used by a newer Berth (it has ${unknown.join(', ')}): start that version or a later one.`,
    );
  }
}
