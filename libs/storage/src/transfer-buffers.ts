/** With 256 KiB four readers reached three quarters of the rate; more gains nothing. */
export const LARGEST_PIECE_BYTES = 1024 * 1024;
const SMALLEST_PIECE_BYTES = 32 * 1024;
/** What one piece of each download that goes on may take together, as long as none is the smallest. */
const TOGETHER_BYTES = 8 * 1024 * 1024;
/** Each download has two pieces at a time. */
const KEPT_BUFFERS = 2 * (TOGETHER_BYTES / LARGEST_PIECE_BYTES);
const kept: Buffer[] = [];
let transfers = 0;

/** Counts a download until the function it gives is called. */
export function beginTransfer(): () => void {
  transfers += 1;
  return () => {
    transfers -= 1;
  };
}

/** The size of pieces to send: large while there are few downloads, small when there are many that hold some each. */
export function pieceBytes(): number {
  const share = TOGETHER_BYTES / Math.max(transfers, 1);
  return Math.max(SMALLEST_PIECE_BYTES, Math.min(LARGEST_PIECE_BYTES, 2 ** Math.floor(Math.log2(share))));
}

/** Memory for the next piece of so many bytes, with anything in it. */
export function takeBuffer(remainingBytes: number): Buffer {
  const sizeBytes = Math.min(pieceBytes(), remainingBytes);
  const buffer = sizeBytes === LARGEST_PIECE_BYTES ? kept.pop() : undefined;
  return buffer ?? Buffer.allocUnsafeSlow(sizeBytes);
}

/** Takes back memory that nothing uses any more: the largest is kept for the next that takes some, other is freed. */
export function returnBuffer(buffer: Buffer): void {
  if (buffer.length === LARGEST_PIECE_BYTES && kept.length < KEPT_BUFFERS) kept.push(buffer);
  else giveBack(buffer);
}

/** Frees the memory of a chunk that shares it with no other, which V8 would do much later. */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
