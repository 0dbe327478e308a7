import { basicChallenge, bearerChallenge } from '@berth/auth';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ENV, type Env } from '../env.js';
import { dropBody } from '../http/drop-body.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { problemDetails, registryErrors } from './bodies.js';
import { DomainError, Unauthorized } from './domain-errors.js';
import { toWireError, type WireError } from './table.js';

/** Makes every error the answer of its part of the address space: the spec's JSON, or problem details. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    this.answer(error, request, response);
  }

  answer(error: unknown, request: Request, response: Response): void {
    if (response.destroyed) {
      // The client has gone, which is all that went wrong, or nobody is left to be told of it.
      this.logger.debug({ err: error }, 'the client left');
      return;
    }
    const wire = toWireError(error) ?? fromFramework(error) ?? this.unknown(error, request, response);
    if (response.headersSent) {
      this.logger.warn({ err: error }, 'the answer broke off');
      response.destroy();
      return;
    }
    // A part does not answer. A bound that was reached is no fault, and clients could fill the log with it.
    if (wire.status === 503 && !(error instanceof DomainError))
      this.logger.warn({ err: error }, 'a request could not be served');
    if (error instanceof Unauthorized) response.setHeader('WWW-Authenticate', this.challenge(error, request));
    for (const [name, value] of Object.entries(wire.headers ?? {})) response.setHeader(name, value);
    for (const name of ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges', 'Content-Disposition']) {
      if (wire.headers?.[name] === undefined) response.removeHeader(name);
    }
    response.setHeader('Cache-Control', 'private, no-store');
    dropBody(request);
    if (isProblemArea(request)) sendProblem(response, wire);
    else sendRegistryErrors(request, response, wire);
  }

  private unknown(error: unknown, request: Request, response: Response): WireError {
    const requestId = response.locals.requestId as string | undefined;
    // The route and not the path, which may hold a secret.
    const route = (request.route as { path?: unknown } | undefined)?.path ?? 'none';
    this.logger.error({ err: error, method: request.method, route }, 'a request failed');
    return {
      status: 500,
      code: 'UNKNOWN',
      message: `Something went wrong here; the log has it under ${requestId}.`,
    };
  }

  private challenge(error: Unauthorized, request: Request): string {
    if (!/^\/(v2|v1)(\/|$)/.test(request.path)) return basicChallenge('berth');
    return bearerChallenge({
      realm: new URL('/token', this.env.publicUrl).href,
      service: this.env.publicUrl.host,
      scopes: error.scopes,
      error: error.reason,
    });
  }
}

/** Whether errors here are `application/problem+json` (RFC 9457) rather than the registry's own form. */
function isProblemArea(request: Request): boolean {
  return request.path.startsWith('/api/');
}

function sendRegistryErrors(request: Request, response: Response, wire: WireError): void {
  const body = Buffer.from(registryErrors(wire));
  response.status(wire.status).setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendProblem(response: Response, wire: WireError): void {
  response.status(wire.status).type('application/problem+json').send(problemDetails(wire));
}

/**
 * What Nest and Express throw by themselves: unknown routes, unreadable bodies. Their texts are for people already,
 * but for those of 5xx.
 */
function fromFramework(error: unknown): WireError | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown })?.status;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  const code =
    status === 404
      ? 'NOT_FOUND'
      : status === 405
        ? 'UNSUPPORTED'
        : status === 413
          ? 'SIZE_INVALID'
          : 'INVALID';
  const { message, detail } = describe(error);
  return { status, code, message, detail };
}

function describe(error: unknown): { message: string; detail?: unknown } {
  if (!(error instanceof HttpException)) return { message: (error as Error).message };
  const body = error.getResponse();
  if (typeof body === 'string') return { message: body };
  const { message } = body as { message?: unknown };
  if (Array.isArray(message)) return { message: message.join('; '), detail: message };
  return { message: typeof message === 'string' ? message : error.message };
}
