/** A Content-Range of a chunked upload: both positions count from 0, and the last byte is included. */
export interface ContentRange {
  readonly start: number;
  readonly endInclusive: number;
}

/** `start` inclusive, `end` exclusive, in bytes; never empty and always inside the blob. */
export interface HalfOpenRange {
  readonly start: number;
  readonly end: number;
}

const CONTENT_RANGE = /^(?:bytes )?([0-9]+)-([0-9]+)$/;

/**
 * The header of a chunk, `0-99` (distribution-spec, "Pushing a blob in chunks"); some clients write `bytes 0-99`.
 * Undefined when malformed, reversed or beyond 2^53 - 1.
 */
export function parseContentRange(header: string): ContentRange | undefined {
  const match = CONTENT_RANGE.exec(header);
  if (!match) return undefined;
  const [start, endInclusive] = [Number(match[1]), Number(match[2])];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(endInclusive)) return undefined;
  return start <= endInclusive ? { start, endInclusive } : undefined;
}

/**
 * The Range header of a GET (RFC 9110, section 14.2) for content of `sizeBytes`. Undefined means: answer the whole
 * (no header, malformed, another unit, or several ranges, which a server may ignore). A reversed range is answered as
 * unsatisfiable, as the conformance suite expects, though RFC 9110 would let it be ignored.
 */
export function parseRangeHeader(
  header: string | undefined,
  sizeBytes: number,
): HalfOpenRange | 'unsatisfiable' | undefined {
  const match = /^bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*$/i.exec(header ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '') return last === '' ? undefined : suffixRange(Number(last), sizeBytes);
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'unsatisfiable';
  if (start >= sizeBytes) return 'unsatisfiable';
  return { start, end: last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes) };
}

/** Empty content has no range that a Content-Range could name, so its suffix is the (empty) whole. */
function suffixRange(lengthBytes: number, sizeBytes: number): HalfOpenRange | 'unsatisfiable' | undefined {
  if (lengthBytes === 0) return 'unsatisfiable';
  if (sizeBytes === 0) return undefined;
  return { start: Math.max(sizeBytes - lengthBytes, 0), end: sizeBytes };
}
