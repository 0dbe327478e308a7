import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Berth, startBerth } from '../support/berth-process.js';
import { isFullSize } from '../support/full-size.js';
import { type Acknowledged, missingFrom, pushUntilCut } from './pusher.js';

const rounds = isFullSize ? 20 : 3;
const pushersAtOnce = 3;
const acknowledged: Acknowledged[] = [];
let berth: Berth;

beforeAll(async () => {
  berth = await startBerth({ postgres: 'own', workers: 2 });
});
afterAll(() => berth?.stop());

test.each(Array.from({ length: rounds }, (_, round) => round + 1))(
  'round %i: after kill -9 of everything, all that was answered with 201 is there',
  async () => {
    const before = acknowledged.length;
    const enough = randomInt(10, 40);
    let killing: Promise<void> | undefined;
    const seen = (item: Acknowledged) => {
      acknowledged.push(item);
      if (acknowledged.length - before >= enough) killing ??= berth.kill9();
    };
    const pushers = Array.from({ length: pushersAtOnce }, (_, number) =>
      pushUntilCut(berth, `team/app-${number}`, seen),
    );
    await Promise.all(pushers);
    await killing;
    await berth.restart();
    expect(await missingFrom(berth, acknowledged)).toEqual([]);
  },
);
