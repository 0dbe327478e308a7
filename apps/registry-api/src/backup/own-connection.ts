import pg from 'pg';
import type { SqlClient } from '../database/database.js';

/** A connection for work that takes its time and holds locks meanwhile. */
export interface OwnConnection extends SqlClient {
  /** For COPY, whose streams the driver gives. */
  readonly driver: pg.Client;
  close(): Promise<void>;
}

export async function openOwnConnection(databaseUrl: string): Promise<OwnConnection> {
  const driver = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'berth backup',
    keepAlive: true,
  });
  driver.on('error', () => undefined); // the statement that waits for an answer fails too, and says it
  await driver.connect();
  await driver.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  return {
    driver,
    query: async (sql, values) => (await driver.query(sql, values)).rows,
    close: () => driver.end(),
  };
}
