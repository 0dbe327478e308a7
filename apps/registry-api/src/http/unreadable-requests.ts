import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemDetails, registryErrors } from '../errors/bodies.js';
import type { WireError } from '../errors/table.js';
import { limits } from '../limits.js';
import { originForm } from './origin-form.js';

type ParseError = Error & { readonly code?: string; readonly rawPacket?: Buffer };
/** Node's own handler of these errors knows by it as well whether a request is being answered. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse<IncomingMessage> | null };

/** How long a client may take to read the answer, and what it may send meanwhile. */
const LINGER_MS = 5000;

/** Answers what Node's parser takes for no request, which no handler ever sees, in the form of its part of Berth. */
export function answerUnreadable(server: Server): void {
  const sentBytes = new WeakMap<Socket, number>();
  server.on('clientError', (error: ParseError, socket: HttpSocket) => {
    const before = sentBytes.get(socket);
    const sent = (before ?? 0) + (error.rawPacket?.length ?? 0);
    sentBytes.set(socket, sent);
    if (before === undefined) return answer(error, socket);
    // What follows is no request either: dropped, so that the client still reads the answer, but not without end.
    if (sent > limits.droppedBodyBytes) socket.destroy();
  });
}

function answer(error: ParseError, socket: HttpSocket): void {
  const current = socket._httpMessage;
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent) {
    socket.destroy(error);
    return;
  }
  const target = current?.req.url ?? targetIn(error.rawPacket);
  const bytes = written(wireErrorOf(error), target);
  // The handler of a request whose body broke off still waits for it: it learns of the end by that of the connection.
  if (current) return void socket.end(bytes, () => socket.destroy(error));
  socket.end(bytes);
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}

function wireErrorOf({ code }: ParseError): WireError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW': {
      const most = `${limits.headerBytes} bytes`;
      const message = `The request line and the headers have more than ${most}: send fewer or shorter ones.`;
      return { status: 431, code: 'SIZE_INVALID', message };
    }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, code: 'SIZE_INVALID', message: 'The extensions of the chunks are too long.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'INVALID', message: 'The headers took too long to arrive.' };
    default:
      return { status: 400, code: 'INVALID', message: 'This is no HTTP/1.1 request: see RFC 9112.' };
  }
}

/** The address of the request that the packet begins with; undefined where it begins in the middle of one. */
function targetIn(packet: Buffer | undefined): string | undefined {
  const [line = ''] = packet?.toString('latin1', 0, 4096).split('\r\n', 1) ?? [];
  const target = /^[A-Z]+ (\S+)/.exec(line)?.[1];
  return target && originForm(target);
}

function written(wire: WireError, target: string | undefined): string {
  const [mediaType, body] = bodyFor(wire, target);
  const isRegistry = mediaType === 'application/json';
  const lines = [
    `HTTP/1.1 ${wire.status} ${STATUS_CODES[wire.status]}`,
    `Content-Type: ${mediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${randomUUID()}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: private, no-store',
    ...(isRegistry ? ['Docker-Distribution-Api-Version: registry/2.0'] : []),
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Headers too long for one packet leave the address behind: their answer has what clients of either part look for. */
function bodyFor(wire: WireError, target: string | undefined): [mediaType: string, body: string] {
  const [registry, problem] = [registryErrors(wire), problemDetails(wire)];
  if (target === undefined) {
    return ['application/json', JSON.stringify({ ...JSON.parse(problem), ...JSON.parse(registry) })];
  }
  const isRegistry = /^\/v2(\/|\?|$)/.test(target);
  return isRegistry ? ['application/json', registry] : ['application/problem+json', problem];
}
