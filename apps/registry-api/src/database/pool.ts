import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** Begins the statements that timers send: no request waits for them, and none is counted as a request's. */
export const IN_BACKGROUND = '/* in the background */';

/** The pool of a data source that is initialised. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
