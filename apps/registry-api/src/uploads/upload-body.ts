import type { AppendResult, BlobStore, UploadState } from '@berth/storage';
import { SizeInvalid, UploadTooLarge } from '../errors/domain-errors.js';
import type { TrackedUpload } from '../events/push-progress.js';
import { limits } from '../limits.js';
import type { RunningHash } from './running-hashes.js';
import type { UploadLease } from './upload-lease.js';

export interface UploadBody {
  /** Each chunk is valid only until the next is asked for. */
  readonly source: AsyncIterable<Uint8Array>;
  /** Content-Length, when sent. */
  readonly lengthBytes?: number;
}

/** What sees the bytes of an append pass. */
export interface BodyWatchers {
  readonly hash: RunningHash | undefined;
  readonly progress: TrackedUpload;
}

/**
 * Streams a body to the end of an upload while the watchers see it pass; memory stays that of the store's parts.
 * Throws `UploadTooLarge` before or while reading, and what the store throws.
 */
export async function appendBody(
  store: BlobStore,
  state: UploadState,
  body: UploadBody,
  watchers: BodyWatchers,
  lease?: UploadLease,
): Promise<AppendResult> {
  const room = limits.uploadBytes - state.offsetBytes;
  if (body.lengthBytes !== undefined && body.lengthBytes > room) throw new UploadTooLarge(limits.uploadBytes);
  return store.append(state, watched(state.offsetBytes, body, room, watchers), {
    onDurable: lease ? (durable) => lease.advance(durable) : undefined,
    signal: lease?.lost,
  });
}

async function* watched(
  offsetBytes: number,
  body: UploadBody,
  room: number,
  { hash, progress }: BodyWatchers,
): AsyncGenerator<Uint8Array> {
  let seenBytes = 0;
  const totalBytes = body.lengthBytes === undefined ? undefined : offsetBytes + body.lengthBytes;
  for await (const chunk of body.source) {
    seenBytes += chunk.length;
    if (seenBytes > room) throw new UploadTooLarge(limits.uploadBytes);
    if (seenBytes > (body.lengthBytes ?? room)) throw wrongLength(body, 'more');
    hash?.update(chunk);
    progress.advance(offsetBytes + seenBytes, totalBytes);
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
