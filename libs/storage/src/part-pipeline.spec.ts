import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartPipeline } from './part-pipeline.js';

/** Sizes that change on the way, as those of S3 do. */
const sizeOf = (index: number) => [100, 100, 250_000][index] ?? 300_000;

describe('cutting chunks into parts', () => {
  it('keeps every byte in its place, whatever the chunks', async () => {
    const chunkSizes = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(chunkSizes, fc.integer({ min: 0, max: 3 }), async (sizes, firstIndex) => {
        const parts: Buffer[] = [];
        const send = async (part: Buffer, index: number) => {
          expect(index).toBe(firstIndex + parts.length);
          expect(part.length).toBe(sizeOf(index));
          await new Promise((resolve) => setImmediate(resolve));
          parts.push(Buffer.from(part));
        };
        const pipeline = new PartPipeline({ sizeOf, send, firstIndex });
        const chunks = sizes.map((size, index) => Buffer.alloc(size, index + 1));
        for (const chunk of chunks) {
          const reused = Buffer.from(chunk);
          await pipeline.add(reused);
          reused.fill(0);
        }
        const rest = Buffer.from(await pipeline.rest());
        expect(rest.length).toBeLessThan(sizeOf(firstIndex + parts.length));
        expect(Buffer.concat([...parts, rest]).equals(Buffer.concat(chunks))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('fills one part while another is sent, and no third', async () => {
    const sent = Promise.withResolvers<void>();
    const pipeline = new PartPipeline({ sizeOf: () => 10, send: () => sent.promise });
    await pipeline.add(Buffer.alloc(19));
    let isTaken = false;
    const third = pipeline.add(Buffer.alloc(1)).then(() => {
      isTaken = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isTaken).toBe(false);
    sent.resolve();
    await third;
  });

  it('tells of a part that could not be sent with the next bytes, or at the end', async () => {
    const failure = new Error('no');
    const failing = () => new PartPipeline({ sizeOf: () => 10, send: () => Promise.reject(failure) });
    const one = failing();
    await one.add(Buffer.alloc(10));
    await one.idle();
    await expect(one.add(Buffer.alloc(1))).rejects.toBe(failure);
    const other = failing();
    await other.add(Buffer.alloc(15));
    await expect(other.rest()).rejects.toBe(failure);
  });
});
