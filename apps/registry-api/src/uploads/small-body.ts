import { limits } from '../limits.js';
import type { UploadBody } from './upload-body.js';

/** A body that was read: whole, unless its source failed or was shorter than it had promised. */
export interface SmallBody extends UploadBody {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/**
 * Reads a body that says that it is small. Undefined, with nothing read, for any other one. What was read can be read
 * again as a body, with the end that it had.
 */
export async function readSmallBody(body: UploadBody): Promise<SmallBody | undefined> {
  const { lengthBytes } = body;
  if (lengthBytes === undefined || lengthBytes > limits.heldUploadBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let readBytes = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of body.source) {
      chunks.push(Buffer.from(chunk)); // it is valid only until the next is asked for
      readBytes += chunk.length;
      if (readBytes > lengthBytes) break;
    }
  } catch (error) {
    failure = { error };
  }
  const bytes = Buffer.concat(chunks);
  const isWhole = failure === undefined && bytes.length === lengthBytes;
  return { bytes, isWhole, lengthBytes, source: again(bytes, failure) };
}

/** Bytes, and after them those of another source. */
export async function* joined(
  bytes: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield bytes;
  yield* source;
}

async function* again(
  bytes: Buffer,
  failure: { readonly error: unknown } | undefined,
): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
  if (failure) throw failure.error;
}
