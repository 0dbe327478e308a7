import type { Socket } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg, { type Pool, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { IN_BACKGROUND, poolOf } from './pool.js';

const LOOK_MS = 500;
/** Longest silence of a pool in use before Postgres is asked whether it answers at all. */
const SILENCE_MS = 1_000;
const ANSWER_MS = 2_500;

/** Postgres takes connections and statements, and answers nothing; the code is SQL's for a failed connection. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  readonly code = '08006';

  constructor() {
    super('Postgres answers nothing');
  }
}

/**
 * Finds a Postgres that takes statements and answers nothing, which no statement could tell from a slow one: when the
 * pool is in use and silent, another connection asks. If that gets no answer either, all connections of the pool are
 * cut, so that requests fail within 5 s, and new ones fail at once until it answers. Statements that take long are left
 * alone, since then the question is answered.
 */
@Injectable()
export class SilentServer implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly connections = new Set<PoolClient>();
  private readonly timer: NodeJS.Timeout;
  private heardAt = performance.now();
  private asker?: pg.Client;
  private isAsking = false;
  private isSilent = false;

  constructor(
    @Inject(DataSource) dataSource: DataSource,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pool = poolOf(dataSource);
    this.pool.on('acquire', (connection) => {
      if (this.connections.has(connection)) return;
      this.connections.add(connection);
      streamOf(connection).on('data', this.hear);
    });
    this.pool.on('remove', (connection) => this.connections.delete(connection));
    this.timer = setInterval(() => void this.look(), LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.forgetAsker();
  }

  /** @throws DatabaseSilent while Postgres answers nothing */
  assertAnswering(): void {
    if (this.isSilent) throw new DatabaseSilent();
  }

  private readonly hear = (): void => {
    this.heardAt = performance.now();
  };

  private async look(): Promise<void> {
    const isInUse = this.isSilent || this.pool.totalCount > this.pool.idleCount;
    if (!isInUse) return this.hear();
    if (this.isAsking || performance.now() - this.heardAt < SILENCE_MS) return;
    this.isAsking = true;
    const askedAt = performance.now();
    const silence = await this.ask().catch((err: unknown) => {
      this.forgetAsker();
      return err instanceof pg.DatabaseError ? undefined : { err }; // a refusal is an answer
    });
    this.isAsking = false;
    if (!silence) {
      this.hear();
      this.isSilent = false;
    } else if (this.heardAt < askedAt) this.cutAll(silence.err);
  }

  /** Over a connection of its own, opened when it is first needed and kept. */
  private async ask(): Promise<undefined> {
    if (!this.asker) {
      const asker = new pg.Client({
        connectionString: this.env.databaseUrl,
        application_name: 'berth watch',
        connectionTimeoutMillis: ANSWER_MS,
        query_timeout: ANSWER_MS,
        keepAlive: true,
      });
      asker.on('error', () => {
        if (this.asker === asker) this.forgetAsker();
      });
      this.asker = asker;
      await asker.connect();
    }
    await this.asker.query(`${IN_BACKGROUND} SELECT 1`);
  }

  private forgetAsker(): void {
    const { asker } = this;
    this.asker = undefined;
    if (asker) streamOf(asker).destroy();
  }

  private cutAll(err: unknown): void {
    if (!this.isSilent) this.logger.warn({ err }, 'Postgres answers nothing: its connections are cut');
    this.isSilent = true;
    for (const connection of this.connections) streamOf(connection).destroy();
  }
}

function streamOf(client: pg.Client | PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
