import type { AppendResult, BlobStore, UploadState } from '@berth/storage';
import { SizeInvalid, UploadTooLarge } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import type { RunningHash } from './running-hashes.js';
import type { UploadLease } from './upload-lease.js';

export interface UploadBody {
  readonly source: AsyncIterable<Uint8Array>;
  /** Content-Length, when sent. */
  readonly lengthBytes?: number;
}

/**
 * Streams a body to the end of an upload while the hash sees it pass; memory stays that of the store's parts.
 * Throws `UploadTooLarge` before or while reading, and what the store throws.
 */
export async function appendBody(
  store: BlobStore,
  state: UploadState,
  body: UploadBody,
  hash: RunningHash | undefined,
  lease?: UploadLease,
): Promise<AppendResult> {
  const room = limits.uploadBytes - state.offsetBytes;
  if (body.lengthBytes !== undefined && body.lengthBytes > room) throw new UploadTooLarge(limits.uploadBytes);
  return store.append(state, watched(body, room, hash), {
    onDurable: lease ? (durable) => lease.advance(durable) : undefined,
    signal: lease?.lost,
  });
}

async function* watched(
  body: UploadBody,
  room: number,
  hash: RunningHash | undefined,
): AsyncGenerator<Uint8Array> {
  let seenBytes = 0;
  for await (const chunk of body.source) {
    seenBytes += chunk.length;
    if (seenBytes > room) throw new UploadTooLarge(limits.uploadBytes);
    if (seenBytes > (body.lengthBytes ?? room)) throw wrongLength(body, 'more');
    hash?.update(chunk);
    yield chunk;
  }
  if (body.lengthBytes !== undefined && seenBytes !== body.lengthBytes) {
    throw wrongLength(body, seenBytes);
  }
}

function wrongLength({ lengthBytes }: UploadBody, found: number | 'more'): Error {
  const has = found === 'more' ? 'more bytes' : `${found} bytes`;
  return new SizeInvalid(`The body has ${has}, and its headers promise ${lengthBytes}.`);
}
