import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importBuilt } from '../start/built-modules.mjs';
import { migrate } from '../start/database.mjs';
import { startPostgres } from '../start/embedded-postgres.mjs';

/**
 * @typedef {{ type: string, isNullable: boolean, isGenerated: boolean }} Column
 * @typedef {Map<string, Column>} Columns by `table.column`
 */

/** Postgres' short names of types, which arrays go by, as TypeORM writes them. */
const longNames = new Map([
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['bool', 'boolean'],
  ['varchar', 'character varying'],
  ['timestamptz', 'timestamp with time zone'],
]);

/**
 * Compares the entities with what the migrations make of an empty database, column by column.
 *
 * @returns {Promise<string[]>} one line for each difference
 */
export async function schemaDrift() {
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-schema-'));
  const postgres = await startPostgres({ dataDirectory: path.join(directory, 'postgres'), durable: false });
  try {
    await migrate(postgres.url);
    const { createDataSource } = await importBuilt('data-source.js');
    const dataSource = await createDataSource(postgres.url).initialize();
    try {
      return differences(entityColumns(dataSource), await databaseColumns(dataSource));
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * A column that Postgres computes (a search vector) need not be in an entity.
 *
 * @param {Columns} entities @param {Columns} database @returns {string[]}
 */
export function differences(entities, database) {
  const missing = [...entities.keys()].filter((name) => !database.has(name));
  const unknown = [...database].filter(([name, { isGenerated }]) => !isGenerated && !entities.has(name));
  const unequal = [...entities].flatMap(([name, wanted]) => {
    const found = database.get(name);
    if (!found || (found.type === wanted.type && found.isNullable === wanted.isNullable)) return [];
    return [`${name}: the entity says ${described(wanted)}, the migrations make ${described(found)}`];
  });
  return [
    ...missing.map((name) => `${name}: in an entity, but no migration makes it`),
    ...unknown.map(([name]) => `${name}: made by a migration, but in no entity`),
    ...unequal,
  ];
}

/** @param {import('typeorm').DataSource} dataSource @returns {Columns} */
function entityColumns(dataSource) {
  const columns = dataSource.entityMetadatas.flatMap((entity) =>
    entity.columns.map((column) => {
      const element = column.enumName ?? dataSource.driver.normalizeType(column);
      const type = element + (column.isArray ? '[]' : '');
      const facts = { type, isNullable: column.isNullable, isGenerated: false };
      return /** @type {[string, Column]} */ ([`${entity.tableName}.${column.databaseName}`, facts]);
    }),
  );
  return new Map(columns);
}

/** @param {import('typeorm').DataSource} dataSource @returns {Promise<Columns>} */
async function databaseColumns(dataSource) {
  /** @type {Record<string, string>[]} */
  const rows = await dataSource.query(
    `SELECT table_name || '.' || column_name AS name, data_type, udt_name, is_nullable, is_generated
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'migrations'`,
  );
  return new Map(
    rows.map((row) => [
      row.name ?? '',
      {
        type: typeOf(row),
        isNullable: row.is_nullable === 'YES',
        isGenerated: row.is_generated === 'ALWAYS',
      },
    ]),
  );
}

/** @param {Record<string, string>} row */
function typeOf({ data_type: type = '', udt_name: short = '' }) {
  if (type === 'USER-DEFINED') return short;
  if (type !== 'ARRAY') return type;
  const element = short.replace(/^_/, '');
  return `${longNames.get(element) ?? element}[]`;
}

/** @param {Column} column */
function described({ type, isNullable }) {
  return `${type}${isNullable ? '' : ' NOT NULL'}`;
}
