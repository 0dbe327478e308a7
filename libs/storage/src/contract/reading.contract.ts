import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobMissing, DestinationClosed, RangeNotSatisfiable } from '../errors.js';
import type { StoreBench } from './store-under-test.js';
import { digestOf, MIB } from './test-bytes.js';

const SIZE = 3 * MIB + 17;

export function describeReading(bench: () => StoreBench): void {
  describe('reading', () => {
    const withBlob = async (sizeBytes: number, test: (key: string) => Promise<void>) => {
      const key = await bench().push(sizeBytes);
      await test(key).finally(() => bench().store.delete([key]));
    };

    it.each([
      { what: 'the first byte', start: 0, end: 1 },
      { what: 'some in the middle', start: MIB - 3, end: 2 * MIB + 5 },
      { what: 'the last byte', start: SIZE - 1, end: SIZE },
      { what: 'all', start: 0, end: SIZE },
    ])('gives a range: $what', ({ start, end }) =>
      withBlob(SIZE, async (key) => {
        const chunked = await bench().store.open(key, { start, end });
        expect(chunked.sizeBytes).toBe(SIZE);
        const hash = createHash('sha256');
        for await (const chunk of chunked.chunks()) hash.update(chunk);
        expect(hash.digest('hex')).toBe(bench().bytes.digest(start, end));

        const sink = new HashingSink();
        await (await bench().store.open(key, { start, end })).send(sink);
        expect(sink.digestHex()).toBe(bench().bytes.digest(start, end));
      }),
    );

    it.each([
      { start: SIZE, end: SIZE + 1 },
      { start: SIZE - 1, end: SIZE + 1 },
      { start: 5, end: 5 },
      { start: 7, end: 5 },
      { start: -1, end: 5 },
      { start: 0.5, end: 5 },
    ])('refuses the range $start to $end and tells the size', (range) =>
      withBlob(SIZE, async (key) => {
        const refused = await bench()
          .store.open(key, range)
          .catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(RangeNotSatisfiable);
        expect(refused).toMatchObject({ sizeBytes: SIZE });
      }),
    );

    it('has no range of an empty blob', () =>
      withBlob(0, async (key) => {
        await expect(bench().store.open(key, { start: 0, end: 1 })).rejects.toBeInstanceOf(
          RangeNotSatisfiable,
        );
        const sink = new HashingSink();
        await (await bench().store.open(key)).send(sink);
        expect(sink.digestHex()).toBe(bench().bytes.digest(0, 0));
      }));

    it('knows nothing of other keys, whatever they look like', async () => {
      const unknown = bench().store.begin().key;
      for (const key of [
        unknown,
        `${unknown}-${'1'.repeat(16)}`,
        '../../etc/passwd',
        '',
        'a/b',
        'A'.repeat(32),
      ]) {
        await expect(bench().store.open(key)).rejects.toBeInstanceOf(BlobMissing);
        expect(await bench().store.stat(key)).toBeUndefined();
      }
    });

    it('can be closed unread, and left in the middle', () =>
      withBlob(20 * MIB, async (key) => {
        await (await bench().store.open(key)).close();
        for await (const chunk of (await bench().store.open(key)).chunks()) {
          expect(chunk.length).toBeGreaterThan(0);
          break;
        }
      }));

    it('sends to a slow destination, in order and whole', () =>
      withBlob(SIZE, async (key) => {
        const sink = new HashingSink({ isSlow: true });
        await (await bench().store.open(key)).send(sink);
        expect(sink.digestHex()).toBe(bench().bytes.digest(0, SIZE));
        expect(sink.writableEnded).toBe(false);
      }));

    it('gives up when the destination closes, before or while it is sent', () =>
      withBlob(SIZE, async (key) => {
        const closed = new HashingSink();
        closed.destroy();
        const opened = await bench().store.open(key);
        await expect(opened.send(closed)).rejects.toBeInstanceOf(DestinationClosed);

        const closing = new HashingSink({ destroyAfterBytes: MIB });
        const second = await bench().store.open(key);
        await expect(second.send(closing)).rejects.toBeInstanceOf(DestinationClosed);
      }));

    describe('over HTTP', () => {
      const outcomes: Promise<unknown>[] = [];
      const server = createServer(async (request, response) => {
        const opened = await bench().store.open(String(request.url).slice(1));
        response.setHeader('content-length', opened.sizeBytes);
        const outcome = opened.send(response).then(
          () => response.end(),
          (error: unknown) => error,
        );
        outcomes.push(outcome);
      });
      const address = () => (server.address() as AddressInfo).port;

      beforeAll(async () => {
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
      });
      afterAll(() => server.close());

      it.each([
        { clients: 4, sizeBytes: 40 * MIB },
        { clients: 40, sizeBytes: SIZE }, // in smaller pieces
      ])('sends to $clients clients at once', ({ clients, sizeBytes }) =>
        withBlob(sizeBytes, async (key) => {
          const digests = Array.from({ length: clients }, async () => {
            const response = await fetch(`http://127.0.0.1:${address()}/${key}`);
            return (await digestOf(response.body!)).digest;
          });
          const expected = bench().bytes.digest(0, sizeBytes);
          expect(new Set(await Promise.all(digests))).toEqual(new Set([expected]));
        }),
      );

      it('gives up on a client that takes nothing and leaves', () =>
        withBlob(40 * MIB, async (key) => {
          outcomes.length = 0;
          const client = connect(address(), '127.0.0.1');
          client.write(`GET /${key} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
          await once(client, 'readable'); // the answer has begun, and is not read
          client.destroy();
          expect(await outcomes[0]).toBeInstanceOf(DestinationClosed);
        }));
    });
  });
}

/** Hashes what it gets, as a socket would send it: a chunk is not kept after the call back. */
class HashingSink extends Writable {
  private readonly hash = createHash('sha256');
  private receivedBytes = 0;

  constructor(private readonly manner: { isSlow?: boolean; destroyAfterBytes?: number } = {}) {
    super({ highWaterMark: manner.isSlow ? 1 : undefined });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const take = () => {
      this.hash.update(chunk);
      this.receivedBytes += chunk.length;
      if (this.receivedBytes > (this.manner.destroyAfterBytes ?? Number.POSITIVE_INFINITY)) this.destroy();
      else done();
    };
    if (this.manner.isSlow) setTimeout(take, 2);
    else take();
  }

  digestHex(): string {
    return this.hash.digest('hex');
  }
}
