import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Env } from '../env.js';
import type { Logger } from './logger.js';

const LOOK_EVERY_MS = 5000;

/** The certificate and key that Berth serves HTTPS with itself; undefined: plain HTTP. */
export function readTls(env: Pick<Env, 'tls'>): { cert: Buffer; key: Buffer } | undefined {
  return env.tls && { cert: readFileSync(env.tls.certFile), key: readFileSync(env.tls.keyFile) };
}

/** Takes a renewed certificate for new connections, without a restart; one that does not load leaves the old one. */
export function reloadTls(server: Server, env: Pick<Env, 'tls'>, logger: Logger): void {
  const { tls } = env;
  if (!tls || !(server instanceof HttpsServer)) return;
  const reload = () => {
    try {
      server.setSecureContext(readTls(env) ?? {});
      logger.info('the TLS certificate was read again');
    } catch (error) {
      logger.warn({ err: error }, 'the renewed TLS certificate cannot be used; the one before stays');
    }
  };
  for (const file of [tls.certFile, tls.keyFile])
    watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, reload);
  server.on('close', () => {
    for (const file of [tls.certFile, tls.keyFile]) unwatchFile(file, reload);
  });
}
