import { type Logger as Pino, pino } from 'pino';
import type { Env } from '../env.js';

export type Logger = Pino;

/** Injection token of the log. */
export const LOGGER = Symbol('Logger');

/** JSON lines on standard error; secrets never get in, since headers and bodies are not logged. */
export function createLogger(env: Env): Logger {
  return pino({ level: env.logLevel, base: { pid: process.pid } }, pino.destination({ fd: 2, sync: false }));
}
