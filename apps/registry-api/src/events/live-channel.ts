import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { IN_BACKGROUND } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { decodeMessage, encodeMessage, type LiveMessage } from './live-message.js';

const RECONNECT_MS = 1000;
const PING_MS = 20_000;
const ANSWER_MS = 10_000;

/**
 * What processes tell each other at once, by LISTEN and NOTIFY on one connection of its own in each of them. It may
 * fail: what is said while it is down is lost, and `onConnect` is the moment to look oneself. A process hears itself
 * too.
 */
@Injectable()
export class LiveChannel implements OnApplicationBootstrap, OnApplicationShutdown {
  private client?: pg.Client;
  /** One statement at a time. */
  private sent: Promise<void> = Promise.resolve();
  private reconnecting?: NodeJS.Timeout;
  private pinging?: NodeJS.Timeout;
  private isShuttingDown = false;
  private readonly messageListeners: ((message: LiveMessage) => void)[] = [];
  private readonly connectListeners: (() => void)[] = [];

  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onMessage(listener: (message: LiveMessage) => void): void {
    this.messageListeners.push(listener);
  }

  onConnect(listener: () => void): void {
    this.connectListeners.push(listener);
  }

  /** One statement, for which no request waits. Resolves when it is sent, or lost. */
  async publish(message: LiveMessage): Promise<void> {
    const text = `${IN_BACKGROUND} SELECT pg_notify('berth_live', payload) FROM unnest($1::text[]) payload`;
    await this.send({ name: 'live', text, values: [encodeMessage(message)] });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
    this.pinging = setInterval(() => void this.send({ text: `${IN_BACKGROUND} SELECT` }), PING_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isShuttingDown = true;
    clearTimeout(this.reconnecting);
    clearInterval(this.pinging);
    await this.client?.end().catch(() => undefined);
  }

  private send(statement: { name?: string; text: string; values?: unknown[] }): Promise<void> {
    this.sent = this.sent.then(async () => {
      const { client } = this;
      await client?.query(statement).catch((err: unknown) => this.lose(client, err));
    });
    return this.sent;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.env.databaseUrl,
      application_name: 'berth live',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client.on('error', (err) => this.lose(client, err));
    client.on('end', () => this.lose(client));
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    this.client = client;
    try {
      await client.connect();
      await client.query(`${IN_BACKGROUND} LISTEN berth_live`);
      for (const listener of this.connectListeners) listener();
    } catch (err) {
      this.lose(client, err);
    }
  }

  private hear(payload: string): void {
    const message = decodeMessage(payload);
    if (message) for (const listener of this.messageListeners) listener(message);
  }

  private lose(client: pg.Client, err?: unknown): void {
    if (this.client !== client || this.isShuttingDown) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    this.logger.debug({ err }, 'the connection for live events was lost');
    this.reconnecting = setTimeout(() => void this.connect(), RECONNECT_MS).unref();
  }
}
