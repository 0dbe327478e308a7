import * as http from 'node:http';
import * as https from 'node:https';
import { createAgent } from './s3-agents.js';
import { S3Unanswered } from './s3-errors.js';
import { watchSilence } from './s3-silence.js';

export interface S3TransportOptions {
  readonly isTls: boolean;
  /** Certificates that are trusted, in PEM; the system's by default. */
  readonly ca?: readonly string[];
  /** Longest time to get a connection. */
  readonly connectTimeoutMs: number;
  /** Longest time without a byte in either direction, except one that we ourselves are slow to take. */
  readonly idleTimeoutMs: number;
  /** Longest time until an answer begins, for requests that are small and ask for little; `idleTimeoutMs` by default. */
  readonly answerTimeoutMs?: number;
  /** Whether the store answers at all: asked when other requests, which may take longer, are silent. */
  readonly isAnswering?: () => Promise<boolean>;
}

/** Putting thousands of parts together may take a store minutes. */
const COMPLETE_TIMEOUT_MS = 300_000;
/** For these answers the client would neither read the body, which blocks the connection, nor keep the status. */
const UNANSWERED = new Set([408, 429, 499, 500, 502, 503, 504, 520]);
const ERROR_BODY_BYTES = 64 * 1024;
/** What a store writes while a client waits for it. */
const SMALL_BODY_BYTES = 1024 * 1024;

/** Sends the client's requests. Unlike the client's own it has time limits: no call waits for ever. */
export class S3Transport {
  readonly agent: http.Agent;

  constructor(private readonly options: S3TransportOptions) {
    this.agent = createAgent(options.isTls, options.ca);
  }

  /** Has the shape of `http.request` as the client calls it. */
  readonly request = ((
    options: https.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    let response: http.IncomingMessage | undefined;
    const send = this.options.isTls ? https.request : http.request;
    const request = send(options, (answer) => {
      response = answer;
      if (!UNANSWERED.has(answer.statusCode ?? 0)) return onResponse(answer);
      readError(answer).then((error) => request.emit('error', error));
    });
    this.limitConnecting(request);
    if (isQuick(options)) this.limitAnswering(request);
    else this.limitSilence(request);
    const idleMs = isComplete(options) ? COMPLETE_TIMEOUT_MS : this.options.idleTimeoutMs;
    request.setTimeout(idleMs, () => {
      const isOursToTake = response !== undefined && response.readableLength > 0;
      if (isOursToTake) request.setTimeout(idleMs);
      else abandon(request, response, new S3Unanswered(`nothing came for ${idleMs / 1000} s`));
    });
    return request;
  }) as typeof http.request;

  close(): void {
    this.agent.destroy();
  }

  /** A store that takes connections and answers nothing is known as soon as one that is away. */
  private limitAnswering(request: http.ClientRequest): void {
    const { answerTimeoutMs } = this.options;
    if (answerTimeoutMs === undefined) return;
    const timer = setTimeout(() => {
      const reason = `no answer within ${answerTimeoutMs / 1000} s`;
      request.destroy(new S3Unanswered(reason, { isLate: true }));
    }, answerTimeoutMs);
    for (const event of ['response', 'close']) request.once(event, () => clearTimeout(timer));
  }

  private limitSilence(request: http.ClientRequest): void {
    const { isAnswering } = this.options;
    if (!isAnswering) return;
    watchSilence(request, isAnswering, () => {
      request.destroy(new S3Unanswered('the store has fallen silent', { isLate: true }));
    });
  }

  private limitConnecting(request: http.ClientRequest): void {
    request.once('socket', (socket) => {
      if (!socket.connecting) return;
      const { connectTimeoutMs } = this.options;
      const timer = setTimeout(() => {
        request.destroy(new S3Unanswered(`no connection within ${connectTimeoutMs / 1000} s`));
      }, connectTimeoutMs);
      const connected = this.options.isTls ? 'secureConnect' : 'connect';
      for (const event of [connected, 'close']) socket.once(event, () => clearTimeout(timer));
    });
  }
}

function abandon(
  request: http.ClientRequest,
  response: http.IncomingMessage | undefined,
  error: Error,
): void {
  response?.destroy(error);
  request.destroy(error);
}

/** Not lists, nor removals of a thousand objects, which a store may think about. */
function isQuick({ method, path, headers }: https.RequestOptions): boolean {
  if (/[?&](list-type|uploads|delete|uploadId)=?/.test(path ?? '') && method !== 'PUT') return false;
  return Number((headers as http.OutgoingHttpHeaders)?.['content-length'] ?? 0) <= SMALL_BODY_BYTES;
}

function isComplete({ method, path }: https.RequestOptions): boolean {
  return method === 'POST' && (path ?? '').includes('uploadId=');
}

async function readError(response: http.IncomingMessage): Promise<S3Unanswered> {
  let body = '';
  try {
    for await (const chunk of response) if (body.length < ERROR_BODY_BYTES) body += String(chunk);
  } catch {
    // A cut body says no less than none.
  }
  const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1];
  return new S3Unanswered(`status ${response.statusCode}${code ? ` ${code}` : ''}`, { code });
}
