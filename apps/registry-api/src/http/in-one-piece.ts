import { Transform } from 'node:stream';

const MOST_BYTES = 64 * 1024;

/**
 * Holds a text back until it is whole, or its first 64 KiB are: Next writes a page in pieces of two kilobytes, and a
 * browser that paints between two of them moves what it has painted.
 */
export function inOnePiece(): Transform {
  let held: Buffer[] | undefined = [];
  let sizeBytes = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      if (!held) return done(null, piece);
      held.push(piece);
      sizeBytes += piece.length;
      if (sizeBytes < MOST_BYTES) return done();
      const first = Buffer.concat(held);
      held = undefined;
      done(null, first);
    },
    flush(done) {
      done(null, Buffer.concat(held ?? []));
    },
  });
}
