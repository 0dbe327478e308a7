import { Agent, type ClientRequest, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Env } from '../env.js';
import { CLIENT_ADDRESS_HEADER, INTERNAL_SECRET_HEADER } from './client-address.js';
import { inOnePiece } from './in-one-piece.js';
import type { Logger } from './logger.js';
import { originForm } from './origin-form.js';
import { answerFailed, answerWithoutWeb } from './without-web.js';

/** What the API answers itself; every other path is a page (design, "Shape"). */
const API_PATH = /^\/(v1|v2|token|healthz|readyz|metrics|api\/v1)(\/|\?|$)/;

/**
 * Where the web app has no page: there Next writes its 404 page as HTML. When a page itself finds out that something
 * is absent, Next answers 404 with scripts alone, which differ from page to page.
 */
const ABSENT_PATH = '/-/absent';
/** In the same way, where a page could not be made: Next's own answer is blank without scripts. */
const FAILED_PATH = '/-/failed';
const VISITED_PATH_HEADER = 'x-berth-visited-path';

const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'];

export function isApiPath(url: string): boolean {
  return API_PATH.test(url);
}

/**
 * Passes pages on to the web app as they are: method, path, Host (server actions compare Origin with it), body and
 * answer stream through, so that server-sent events arrive and a 404 stays one. HTML goes on in one piece.
 */
export function webProxy(env: Env, logger: Logger): RequestHandler {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return (request: Request, response: Response, next: NextFunction) => {
    if (env.webUrl === undefined || isApiPath(request.url)) return next();
    const fail = (error: Error) => {
      if (response.closed) return; // by the client, which has left
      logger.warn({ err: error }, 'the web app did not answer');
      if (response.headersSent) response.destroy();
      else answerWithoutWeb(request, response);
    };
    const pass = (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer));
      if (isHtml(answer)) pipeline(answer, inOnePiece(), response, () => undefined);
      else pipeline(answer, response, () => undefined);
    };
    /** At the address that was asked, or instead at another one, which is told what was visited. */
    const ask = (
      passAnswer: (answer: IncomingMessage) => void,
      instead?: string,
      by: Agent | false = agent,
    ): ClientRequest => {
      const headers = instead === undefined ? {} : { [VISITED_PATH_HEADER]: request.url };
      const upstream = toWeb(env, by, request, request.ip ?? '', headers, instead);
      upstream.on('response', passAnswer).on('error', (error) => {
        const isAskedAgain = by && isUnheard(upstream, error) && isRead(request) && !response.headersSent;
        if (isAskedAgain && !response.closed) ask(passAnswer, instead, false).end();
        else fail(error);
      });
      response.on('close', () => upstream.destroy());
      return upstream;
    };
    const passFailed = (page: IncomingMessage) => {
      if (page.statusCode !== 200) {
        page.resume();
        return answerFailed(response);
      }
      page.statusCode = 500;
      page.statusMessage = undefined;
      pass(page);
    };
    const passOrReplace = (answer: IncomingMessage) => {
      const isReplaced = isVisit(request, answer) && [404, 500].includes(answer.statusCode ?? 0);
      if (!isReplaced) return pass(answer);
      answer.resume();
      if (answer.statusCode === 404) ask(pass, ABSENT_PATH).end();
      else ask(passFailed, FAILED_PATH).end();
    };
    request.pipe(ask(passOrReplace));
  };
}

/** Whether it met a connection that the web app closed for being idle, at that moment. */
function isUnheard({ reusedSocket }: ClientRequest, { code }: NodeJS.ErrnoException): boolean {
  return reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
}

/** Whether a request may be made twice, and has no body that would be gone by then. */
function isRead({ method, headers }: IncomingMessage): boolean {
  const hasBody = (headers['content-length'] ?? headers['transfer-encoding']) !== undefined;
  return (method === 'GET' || method === 'HEAD') && !hasBody;
}

/** An answer for a person's eyes: where it is a 404, every one is the same page, whatever is absent and to whom. */
function isVisit(request: Request, answer: IncomingMessage): boolean {
  return isRead(request) && request.headers.rsc === undefined && isHtml(answer);
}

function isHtml({ headers }: IncomingMessage): boolean {
  return /^text\/html\b/.test(headers['content-type'] ?? '');
}

/** Upgrades (the development server's reload) go to the web app as well. */
export function proxyUpgrades(server: Server, env: Env): void {
  if (env.webUrl === undefined) return;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const upstream = toWeb(env, false, request, '', {
      connection: 'Upgrade',
      upgrade: request.headers.upgrade,
    });
    upstream.on('upgrade', (answer, upstreamSocket) => {
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('')}\r\n`);
      pipeline(socket, upstreamSocket, socket, () => undefined);
    });
    upstream.on('response', () => socket.destroy());
    upstream.on('error', () => socket.destroy());
    upstream.end();
  });
}

function toWeb(
  env: Env,
  agent: Agent | false,
  request: IncomingMessage,
  address: string,
  more: Record<string, string | undefined> = {},
  url = request.url ?? '/',
): ClientRequest {
  const { hostname, port } = new URL(env.webUrl ?? '');
  const headers = {
    ...endToEnd(request),
    'x-forwarded-proto': env.publicUrl.protocol.replace(':', ''),
    'x-forwarded-host': request.headers.host,
    'x-forwarded-for': address,
    [CLIENT_ADDRESS_HEADER]: address,
    [INTERNAL_SECRET_HEADER]: env.internalSecret ?? '',
    ...more,
  };
  const path = originForm(url);
  return forward({ agent, hostname, port, method: request.method, path, headers });
}

/** Headers that hold beyond one connection; ours for between API and web are never taken from outside. */
function endToEnd(message: IncomingMessage): Record<string, string | string[] | undefined> {
  const dropped = [
    ...HOP_BY_HOP,
    'upgrade',
    INTERNAL_SECRET_HEADER,
    CLIENT_ADDRESS_HEADER,
    VISITED_PATH_HEADER,
  ];
  return Object.fromEntries(Object.entries(message.headers).filter(([name]) => !dropped.includes(name)));
}
