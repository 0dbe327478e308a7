import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { isFullSize } from '../support/full-size.js';
import { World } from '../support/world.js';
import { absentRepositories, arbitraryWorld, askersOf } from './arbitrary-world.js';
import { type Asker, counts, type WorldModel } from './model.js';
import { type Presentation, type Probe, probes } from './probes.js';
import { forgetFailedSignIns, RealisedWorld } from './realise-world.js';

const worlds = isFullSize ? 300 : 50;
const requestsPerWorld = 100;

interface Question {
  probe: Probe;
  asker: Asker;
  presentation: Presentation;
  repository: string;
}

describe('random worlds', () => {
  let app: TestApp;
  let world: World;
  const covered = new Set<string>();

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
  });

  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it('answers every question exactly as the model of the rules does', { timeout: 600_000 }, async () => {
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
          covered.add(probe.route);
          expect(`${nameOf(question)}: ${seen}`).toBe(`${nameOf(question)}: ${expected}`);
        }
      }),
      {
        numRuns: worlds,
        endOnFailure: false,
        interruptAfterTimeLimit: 550_000,
        markInterruptAsFailure: true,
      },
    );
  });

  it('asked every route of its list at least once', () => {
    expect(probes.map(({ route }) => route).filter((route) => !covered.has(route))).toEqual([]);
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

function presentationsOf(asker: Asker, probe: Probe): Presentation[] {
  return probe.presentations.filter((presentation) =>
    asker.kind === 'anonymous' ? presentation !== 'basic' : presentation !== 'none',
  );
}

function sample(questions: Question[], seed: number): Question[] {
  const ordered = fc.sample(fc.shuffledSubarray(questions, { minLength: questions.length }), {
    numRuns: 1,
    seed,
  })[0]!;
  return ordered.slice(0, requestsPerWorld);
}

async function ask(
  app: TestApp,
  realised: RealisedWorld,
  question: Question,
  tokens: Map<string, string>,
): Promise<string> {
  const { probe, asker, presentation, repository } = question;
  const { method, path, scope, body, headers } = probe.request(repository);
  const authorization = await authorizationOf(app, realised, asker, presentation, scope, tokens);
  if (authorization === 'refused') return probe.seen(401, '{"errors":[{"code":"UNAUTHORIZED"}]}');
  const response = await fetch(app.url + path, {
    method,
    body,
    headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
  });
  return probe.seen(response.status, await response.text());
}

/** `refused`: the token service gives the asker no token at all. */
async function authorizationOf(
  app: TestApp,
  realised: RealisedWorld,
  asker: Asker,
  presentation: Presentation,
  scope: string | undefined,
  tokens: Map<string, string>,
): Promise<string | undefined> {
  const credentials = realised.credentialsOf(asker);
  const basic =
    credentials &&
    `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  if (presentation !== 'bearer') return basic;
  const key = `${JSON.stringify(asker)} ${scope}`;
  const held = tokens.get(key);
  if (held) return held;
  const response = await fetch(`${app.url}/token?scope=${encodeURIComponent(scope ?? '')}`, {
    headers: basic === undefined ? {} : { authorization: basic },
  });
  const token =
    response.status === 200 ? `Bearer ${((await response.json()) as { token: string }).token}` : 'refused';
  tokens.set(key, token);
  return token;
}

function nameOf({ probe, asker, presentation, repository }: Question): string {
  return `${JSON.stringify(asker)} by ${presentation}, ${probe.route} on ${repository}`;
}
