import type { Request } from 'express';
import { limits } from '../limits.js';

/**
 * Drops what a client still sends of a request that is answered already. Closing instead would make TCP take the
 * answer back before the client has read it (RFC 9112, section 9.6); who sends on and on is cut off all the same.
 */
export function dropBody(request: Request): void {
  if (request.complete) return;
  let roomBytes = limits.droppedBodyBytes;
  request.on('error', () => {}); // the client may go now
  request.on('data', (chunk: Buffer) => {
    roomBytes -= chunk.length;
    if (roomBytes < 0) request.destroy();
  });
}
