import type { Request } from 'express';

/**
 * The body in chunks. Unlike the request itself it may be left before its end without cutting the connection, on
 * which the client still has to read why.
 */
export function bodyChunks(request: Request): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
}

/** The whole body, at most `limitBytes`; `tooLarge` makes the error, thrown before more than that is held. */
export async function readBody(request: Request, limitBytes: number, tooLarge: () => Error): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let totalBytes = 0;
  for await (const chunk of bodyChunks(request)) {
    totalBytes += chunk.length;
    if (totalBytes > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, totalBytes);
}
