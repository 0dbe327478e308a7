import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Env } from '../env.js';
import type { Logger } from './logger.js';

/** Anybody can send any Host: what is remembered of them has an end. */
const MOST_NAMES = 100;

/** Requests of clients of the registry; probes and scrapes use whatever address they have. */
const CLIENT_PATH = /^\/(v2|token)(\/|\?|$)/;

/**
 * Says in the log, once a name, that clients use another address than the public one: they are sent to that one for
 * their tokens, and cannot sign in where it leads elsewhere.
 */
export function reportForeignHosts({ publicUrl }: Pick<Env, 'publicUrl'>, logger: Logger): RequestHandler {
  const known = new Set([publicUrl.host]);
  return (request: Request, _response: Response, next: NextFunction) => {
    const { host } = request.headers;
    if (host !== undefined && !known.has(host) && known.size <= MOST_NAMES && CLIENT_PATH.test(request.url)) {
      known.add(host);
      logger.warn(
        { host, publicUrl: publicUrl.origin },
        'a client uses another address than BERTH_PUBLIC_URL, to which it is sent for its token: set that to what clients use, or let the proxy pass Host on',
      );
    }
    next();
  };
}
