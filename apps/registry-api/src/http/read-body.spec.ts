import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { passingChunks } from './read-body.js';

const MIB = 1024 * 1024;

describe('a body in passing', () => {
  let server: Server;
  afterEach(() => server.close());

  it('is whole, and holds no more than the chunk that was asked for last', async () => {
    const sent = Buffer.alloc(8 * MIB, 'bytes of a layer');
    const hash = createHash('sha256');
    const received = Promise.withResolvers<Uint8Array[]>();
    server = createServer((request, response) => {
      const read = async () => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of passingChunks(request as Request)) {
          hash.update(chunk);
          chunks.push(chunk);
        }
        return chunks;
      };
      read().then(received.resolve, received.reject);
      request.once('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: 'PUT', body: sent });
    const chunks = await received.promise;
    expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(0);
  });
});
