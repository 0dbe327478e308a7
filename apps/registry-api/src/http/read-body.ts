import { giveBack } from '@berth/storage';
import type { Request } from 'express';
import { limits } from '../limits.js';

/**
 * The body in chunks. Unlike the request itself it may be left before its end without cutting the connection, on
 * which the client still has to read why.
 */
export function bodyChunks(request: Request): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
}

/**
 * The same, and each chunk is valid only until the next is asked for: its memory is given back then. Left to V8, a
 * large body has it look through the whole heap for every 20 MiB that arrive.
 */
export async function* passingChunks(request: Request): AsyncGenerator<Uint8Array> {
  for await (const chunk of bodyChunks(request)) {
    yield chunk;
    giveBack(chunk);
  }
}

export interface BodyLimits {
  readonly limitBytes: number;
  /** The error for a larger body, thrown before more than the limit is held. */
  tooLarge(): Error;
  /** Awaited once before more than `limits.smallBodyBytes` are held; a slow client waits for nothing until then. */
  beforeLarge(): Promise<void>;
}

/** The whole body, in one buffer that grows at most once. */
export async function readBody(request: Request, body: BodyLimits): Promise<Buffer> {
  const atMostBytes = Number(request.headers['content-length'] ?? body.limitBytes);
  if (atMostBytes > body.limitBytes) throw body.tooLarge();
  let held = Buffer.allocUnsafe(Math.min(atMostBytes, limits.smallBodyBytes));
  let totalBytes = 0;
  for await (const chunk of bodyChunks(request)) {
    const neededBytes = totalBytes + chunk.length;
    if (neededBytes > body.limitBytes) throw body.tooLarge();
    if (neededBytes > held.length) {
      await body.beforeLarge();
      const larger = Buffer.allocUnsafe(atMostBytes);
      held.copy(larger, 0, 0, totalBytes);
      held = larger;
    }
    chunk.copy(held, totalBytes);
    totalBytes = neededBytes;
  }
  return held.subarray(0, totalBytes);
}
