import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Env } from '../env.js';
import { Denied } from '../errors/domain-errors.js';

/**
 * Who may read the metrics: whoever has the secret of `BERTH_METRICS_TOKEN`; without one, programs of this machine that
 * come straight to Berth. Throws `Denied`.
 */
export function requireScraper(request: Request, { metricsToken }: Pick<Env, 'metricsToken'>): void {
  if (metricsToken === undefined) {
    if (isFromThisMachine(request)) return;
    throw new Denied('Metrics are for programs of this machine, unless BERTH_METRICS_TOKEN is set.');
  }
  const [, given = ''] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!timingSafeEqual(digest(given), digest(metricsToken))) {
    throw new Denied('Metrics are for those who send the secret of BERTH_METRICS_TOKEN as a bearer token.');
  }
}

/** A proxy on the same machine brings requests of others, and says so. */
function isFromThisMachine({ socket, headers }: Request): boolean {
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  return !isForwarded && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
