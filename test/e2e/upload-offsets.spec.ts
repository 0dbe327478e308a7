import { createHash } from 'node:crypto';
import fc from 'fast-check';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { isFullSize } from '../support/full-size.js';
import { digestOf } from '../support/images.js';
import type { StorageKind } from '../support/storage-settings.js';

type Algorithm = 'sha256' | 'sha512';

/** What a client does with an upload; `seed` makes a chunk's bytes. */
type Step =
  | { do: 'append'; sizeBytes: number; seed: number; withRange: boolean }
  | { do: 'append elsewhere'; sizeBytes: number; seed: number; shiftBytes: number }
  | { do: 'ask' }
  | { do: 'finish wrongly'; algorithm: Algorithm };

interface Run {
  algorithm: Algorithm;
  steps: Step[];
  last: { sizeBytes: number; seed: number };
}

const sizes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200_000 }));
const seeds = fc.nat(1_000_000);
const algorithms = fc.constantFrom<Algorithm>('sha256', 'sha512');
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), sizeBytes: sizes, seed: seeds, withRange: fc.boolean() }),
  fc.record({
    do: fc.constant('append elsewhere' as const),
    sizeBytes: sizes,
    seed: seeds,
    shiftBytes: fc.integer({ min: -1000, max: 1000 }).filter((shift) => shift !== 0),
  }),
  fc.constant({ do: 'ask' as const }),
  fc.record({ do: fc.constant('finish wrongly' as const), algorithm: algorithms }),
);
const runs: fc.Arbitrary<Run> = fc.record({
  algorithm: algorithms,
  steps: fc.array(steps, { maxLength: 12 }),
  last: fc.record({ sizeBytes: fc.oneof(fc.constant(0), sizes), seed: seeds }),
});

function bytesOf({ sizeBytes, seed }: { sizeBytes: number; seed: number }): Buffer {
  const block = createHash('sha512').update(String(seed)).digest();
  return Buffer.alloc(sizeBytes, block);
}

describe.each<StorageKind>(['filesystem', 's3'])('an upload on %s', (storage) => {
  let app: TestApp;
  let authorization: string;

  beforeAll(async () => {
    app = await startApp({ storage });
    authorization = basic(await adminToken(app));
  });
  afterAll(() => app.close());

  const send = (method: 'get' | 'put' | 'patch' | 'post', path: string, range?: string) => {
    const request = supertest(app.url)[method](path).set('Authorization', authorization);
    return range === undefined ? request : request.set('Content-Range', range);
  };

  it('is always what a model of it says', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(runs, async ({ algorithm, steps: taken, last }) => {
        const query = `?digest-algorithm=${algorithm}`;
        const { headers } = await send('post', `/v2/team/app/blobs/uploads/${query}`).expect(202);
        const location = headers.location!;
        let model = Buffer.alloc(0);
        for (const step of taken) model = await take(step, location, model);

        const whole = Buffer.concat([model, bytesOf(last)]);
        const digest = digestOf(whole, algorithm);
        await send('put', `${location}?digest=${digest}`).send(bytesOf(last)).expect(201);
        const blob = await send('get', `/v2/team/app/blobs/${digest}`).expect(200);
        expect(digestOf(blob.body, algorithm)).toBe(digest);
      }),
      { numRuns: isFullSize ? 500 : 25 },
    );
  });

  /** Sends the step, checks the answer against the bytes so far, and answers the bytes afterwards. */
  async function take(step: Step, location: string, model: Buffer): Promise<Buffer<ArrayBuffer>> {
    const standsAt = { range: `0-${Math.max(0, model.length - 1)}`, 'upload-offset': String(model.length) };
    if (step.do === 'append') {
      const bytes = bytesOf(step);
      const from = step.withRange ? `${model.length}-${model.length + bytes.length - 1}` : undefined;
      const after = Buffer.concat([model, bytes]);
      const answer = await send('patch', location, from).send(bytes).expect(202);
      expect(answer.headers).toMatchObject({
        location,
        range: `0-${after.length - 1}`,
        'upload-offset': String(after.length),
      });
      return after;
    }
    if (step.do === 'append elsewhere') {
      const start = Math.max(0, model.length + step.shiftBytes);
      const there = start === model.length ? start + 1 : start;
      const answer = await send('patch', location, `${there}-${there + step.sizeBytes - 1}`)
        .send(bytesOf(step))
        .expect(416);
      expect(answer.headers).toMatchObject({ location, ...standsAt });
    } else if (step.do === 'finish wrongly') {
      await send('put', `${location}?digest=${digestOf(Buffer.from('another'), step.algorithm)}`).expect(400);
    } else {
      expect((await send('get', location).expect(204)).headers).toMatchObject(standsAt);
    }
    return Buffer.from(model);
  }
});
