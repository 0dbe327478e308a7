import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Berth } from '../support/berth-process.js';

const pieceBytes = 1024 * 1024;

/** Pushes a blob of any size as docker does (POST, one PATCH, PUT), never holding it, and returns its digest. */
export async function pushLargeBlob(berth: Berth, repository: string, sizeBytes: number): Promise<string> {
  const begun = await request(berth, 'POST', `/v2/${repository}/blobs/uploads/`, 202);
  const hash = createHash('sha256');
  const patched = await request(berth, 'PATCH', begun.headers.get('location')!, 202, pieces(sizeBytes, hash));
  const digest = `sha256:${hash.digest('hex')}`;
  const address = new URL(patched.headers.get('location')!, berth.url);
  address.searchParams.set('digest', digest);
  await request(berth, 'PUT', address.href, 201);
  return digest;
}

/** Pulls a blob, never holding it, and returns the digest of what came. */
export async function pullLargeBlob(berth: Berth, repository: string, digest: string): Promise<string> {
  const response = await request(berth, 'GET', `/v2/${repository}/blobs/${digest}`, 200);
  const hash = createHash('sha256');
  for await (const piece of response.body!) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}

/** Bytes that differ from piece to piece, under a running hash. */
function* pieces(sizeBytes: number, hash: ReturnType<typeof createHash>): Generator<Buffer> {
  const pattern = randomBytes(pieceBytes);
  for (let sent = 0; sent < sizeBytes; sent += pieceBytes) {
    const piece = Buffer.from(pattern.subarray(0, Math.min(pieceBytes, sizeBytes - sent)));
    piece.writeDoubleLE(sent);
    hash.update(piece);
    yield piece;
  }
}

async function request(berth: Berth, method: string, path: string, status: number, body?: Iterable<Buffer>) {
  const { username, password } = berth.admin;
  const response = await fetch(new URL(path, berth.url), {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    ...(body ? { body: Readable.toWeb(Readable.from(body)) as ReadableStream, duplex: 'half' as const } : {}),
  });
  if (response.status !== status)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response;
}
