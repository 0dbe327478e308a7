import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { isFullSize } from '../support/full-size.js';
import { World } from '../support/world.js';
import { absentRepositories, arbitraryWorld, askersOf } from './arbitrary-world.js';
import { ask, nameOf, type Question } from './ask.js';
import { type Asker, counts, type WorldModel } from './model.js';
import { probes } from './probes/index.js';
import type { Presentation, Probe } from './probes/probe.js';
import { forgetFailedSignIns, RealisedWorld, unlinkMountedBlobs } from './realise-world.js';
import { routesOf } from './routes.js';
import { routesWithoutProbe } from './routes-without-probe.js';

const worlds = isFullSize ? 300 : 50;
/** A deadline, never an expectation: it takes a fraction of it on two idle cores. */
const deadlineMs = isFullSize ? 3_600_000 : 600_000;
const requestsPerWorld = 100;

describe('random worlds', () => {
  let app: TestApp;
  let world: World;
  const covered = new Set<Probe>();

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
  });

  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it('has every route of the app among its probes, or a reason why not', () => {
    const routes = routesOf(app);
    const known = [...probes.map(({ route }) => route), ...Object.keys(routesWithoutProbe)];
    expect({
      unknown: routes.filter((route) => !known.includes(route)),
      gone: known.filter((route) => !routes.includes(route)),
    }).toEqual({ unknown: [], gone: [] });
  });

  it('answers every question exactly as the model of the rules does', { timeout: deadlineMs }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, fc.integer(), async (model, seed) => {
        const realised = await RealisedWorld.build(world, model);
        const tokens = new Map<string, string>();
        for (const question of sample(questionsOf(model), seed)) {
          const { probe, asker, presentation, repository } = question;
          const expected = probe.expected(model, asker, presentation, repository);
          if (expected === undefined) continue;
          if (!counts(model, asker)) await forgetFailedSignIns(world);
          const seen = await ask(app, realised, question, tokens);
          if (seen === '201') await unlinkMountedBlobs(world);
          covered.add(probe);
          expect(`${nameOf(question)}: ${seen}`).toBe(`${nameOf(question)}: ${expected}`);
        }
      }),
      {
        numRuns: worlds,
        endOnFailure: false,
        interruptAfterTimeLimit: deadlineMs - 50_000,
        markInterruptAsFailure: true,
      },
    );
  });

  it('asked every probe at least once', () => {
    expect(probes.filter((probe) => !covered.has(probe)).map(({ route }) => route)).toEqual([]);
  });
});

function questionsOf(model: WorldModel): Question[] {
  const names = [...model.repositories.map(({ name }) => name), ...absentRepositories];
  return askersOf(model).flatMap((asker) =>
    probes.flatMap((probe) =>
      presentationsOf(asker, probe).flatMap((presentation) =>
        names.map((repository) => ({ probe, asker, presentation, repository })),
      ),
    ),
  );
}

function presentationsOf(asker: Asker, { presentations }: Probe): Presentation[] {
  return presentations.filter((presentation) => {
    if (asker.kind === 'anonymous') return presentation === 'none' || presentation === 'bearer';
    if (presentation === 'session') return asker.kind === 'user';
    if (presentation === 'secret') return asker.kind !== 'user';
    return presentation !== 'none';
  });
}

function sample(questions: Question[], seed: number): Question[] {
  const ordered = fc.sample(fc.shuffledSubarray(questions, { minLength: questions.length }), {
    numRuns: 1,
    seed,
  })[0]!;
  return ordered.slice(0, requestsPerWorld);
}
