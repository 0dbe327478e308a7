import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { NameInvalid, RequestInvalid, RouteUnknown } from '../errors/domain-errors.js';
import type { ErrorFilter } from '../errors/error.filter.js';
import { whileServing } from './request-context.js';

/**
 * What every request passes first: an id, the version header of `/v2`, and the raw path. Express decodes and
 * normalises paths; the registry's must be what they say (no `//`, no encoded slash), or two rules could read one
 * request differently.
 */
export function requestLine(filter: ErrorFilter): RequestHandler {
  const serve = (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const path = rawPath(request);
    if (isRegistryPath(path)) response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      return filter.answer(new RequestInvalid(withoutHost), request, response);
    }
    if (isRegistryPath(path)) {
      const fault = registryPathFault(path);
      if (fault) return filter.answer(fault, request, response);
    } else if (!isDecodable(path)) {
      return filter.answer(new RouteUnknown(request.method, '(unreadable)'), request, response);
    }
    next();
  };
  return (request: Request, response: Response, next: NextFunction) => {
    const requestId = idOfGateway(request) ?? randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    whileServing(requestId, () => serve(request, response, next));
  };
}

const REQUEST_ID = /^[\w.:+/=@-]{1,128}$/;

/** The id that a gateway has given the request, if it is one of `BERTH_TRUSTED_PROXIES`: no client chooses its own. */
function idOfGateway(request: Request): string | undefined {
  const given = request.headers['x-request-id'];
  if (typeof given !== 'string' || !REQUEST_ID.test(given)) return undefined;
  const isTrusted = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  return isTrusted(request.socket.remoteAddress ?? '', 0) ? given : undefined;
}

const withoutHost =
  'The request has no Host header, without which it is no HTTP/1.1 request (RFC 9112, section 3.2).';

export function isRegistryPath(path: string): boolean {
  return path === '/v2' || path.startsWith('/v2/');
}

function registryPathFault(path: string): Error | undefined {
  if (!isDecodable(path)) return new NameInvalid('The address holds a percent sign that encodes nothing.');
  if (/%2f|%5c|%00/i.test(path))
    return new NameInvalid('Write the slashes of a repository name as they are.');
  if (path.includes('//')) return new NameInvalid('The address holds an empty component ("//").');
  if (/(^|\/)\.{1,2}(\/|$)/.test(decodeURIComponent(path)))
    return new NameInvalid('The address holds "." or "..".');
  return undefined;
}

function rawPath(request: Request): string {
  const [path = '/'] = request.url.split('?', 1);
  return path;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
