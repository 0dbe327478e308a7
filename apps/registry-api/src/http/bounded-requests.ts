import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { TooManyRequests } from '../errors/domain-errors.js';
import type { ErrorFilter } from '../errors/error.filter.js';
import { limits } from '../limits.js';

/** What tells how this process is doing has to be answered above all when it does badly. */
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Takes so many requests at a time and no more: each holds memory and a place in the queue for the database, so without
 * a bound all of them would be answered too late. Whoever is refused is told when to come back.
 */
export function boundRequests(filter: ErrorFilter): RequestHandler {
  let underWay = 0;
  const leave = () => {
    underWay -= 1;
  };
  return (request: Request, response: Response, next: NextFunction) => {
    if (underWay >= limits.requestsAtOnce && !ALWAYS_ANSWERED.has(request.path)) {
      return filter.answer(new TooManyRequests(), request, response);
    }
    underWay += 1;
    response.once('close', leave);
    next();
  };
}
