import { isatty } from 'node:tty';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import type { Env } from '../env.js';
import { describeError, secretPaths } from './log-secrets.js';
import { requestFields } from './request-context.js';

export type Logger = Pino;

/** Injection token of the log. */
export const LOGGER = Symbol('Logger');

const STANDARD_ERROR = 2;

type LogSettings = Pick<Env, 'logLevel' | 'logFormat'>;

/** The log, on standard error, whose lines hold the id of the request that is being served, and no secrets. */
export async function createLogger(env: LogSettings, descriptor = STANDARD_ERROR): Promise<Logger> {
  const options = {
    level: env.logLevel,
    base: { pid: process.pid },
    mixin: requestFields,
    serializers: { err: describeError },
    redact: { paths: secretPaths, censor: '…' },
  };
  return pino(options, await destinationFor(env, descriptor));
}

async function destinationFor({ logFormat }: LogSettings, descriptor: number): Promise<DestinationStream> {
  const isForPeople = logFormat === 'auto' ? isatty(descriptor) : logFormat === 'pretty';
  if (!isForPeople) return pino.destination({ fd: descriptor, sync: false });
  const { default: pretty } = await import('pino-pretty');
  const colorize = isatty(descriptor) && pretty.isColorSupported;
  return pretty({
    destination: descriptor,
    sync: true,
    colorize,
    ignore: 'pid',
    translateTime: 'SYS:HH:MM:ss',
  });
}
