import { Inject, Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { SqlMetrics } from '../metrics/sql-metrics.js';
import { poolOf } from './pool.js';
import { SilentServer } from './silent-server.js';

export { IN_BACKGROUND, poolOf } from './pool.js';

/** A place to send SQL to: the pool, or one transaction. */
export interface SqlClient {
  /** One round trip. With a `name` the statement is prepared once a connection. */
  query<Row extends QueryResultRow>(sql: string, values?: unknown[], name?: string): Promise<Row[]>;
}

/** The pool of TypeORM's own driver, for SQL that must be prepared or must not pass an entity manager. */
@Injectable()
export class Database implements SqlClient {
  private readonly pool: Pool;

  constructor(
    @Inject(DataSource) dataSource: DataSource,
    @Inject(SqlMetrics) private readonly metrics: SqlMetrics,
    @Inject(SilentServer) private readonly server: SilentServer,
  ) {
    this.pool = poolOf(dataSource);
    metrics.watch(this.pool);
  }

  async query<Row extends QueryResultRow>(
    sql: string,
    values: unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    this.server.assertAnswering();
    const statement = () => this.pool.query<Row>({ text: sql, values, name });
    const result = await this.metrics.measure(name, statement);
    return result.rows;
  }

  /** Runs `work` between BEGIN and COMMIT on one connection; anything thrown rolls back. */
  async transaction<T>(work: (client: SqlClient) => Promise<T>): Promise<T> {
    this.server.assertAnswering();
    const connection = await this.pool.connect();
    // One that breaks between two statements tells it by an event, which nobody else hears while it is out of the pool.
    let broken: unknown;
    const onError = (error: unknown) => {
      broken = error;
    };
    connection.on('error', onError);
    let failure: unknown;
    try {
      await connection.query('BEGIN');
      const result = await work(asSqlClient(connection, this.metrics));
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      failure = error;
      await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      connection.off('error', onError);
      connection.release(broken !== undefined || isConnectionLost(failure));
    }
  }
}

function asSqlClient(connection: PoolClient, metrics: SqlMetrics): SqlClient {
  return {
    async query<Row extends QueryResultRow>(
      sql: string,
      values: unknown[] = [],
      name?: string,
    ): Promise<Row[]> {
      const statement = () => connection.query<Row>({ text: sql, values, name });
      const result = await metrics.measure(name, statement);
      return result.rows;
    },
  };
}

/** Whether an error says that Postgres went away, starts or stops: worth a 503 and another try. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string' && /^(08|57P0|53300|ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH)/.test(code))
    return true;
  return (
    error instanceof Error &&
    /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|timeout expired/.test(
      error.message,
    )
  );
}

function isConnectionLost(error: unknown): boolean {
  return error !== undefined && isDatabaseUnavailable(error);
}

/** The name of the violated unique constraint, if that is what went wrong. */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23505' ? constraint : undefined;
}

/** The name of the violated foreign key: what was referred to has gone meanwhile, or is still referred to. */
export function violatedReference(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23503' ? constraint : undefined;
}

/** Whether Postgres ended the transaction because it and another one waited for each other. */
export function isDeadlock(error: unknown): boolean {
  return (error as { code?: string } | undefined)?.code === '40P01';
}
