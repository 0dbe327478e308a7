import type { TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import type { Asker } from './model.js';
import type { Presentation, Probe, Target } from './probes/probe.js';
import type { RealisedWorld } from './realise-world.js';

/** One request to Berth. */
export interface Question {
  probe: Probe;
  asker: Asker;
  presentation: Presentation;
  repository: string;
}

/** Asks the running app; answers in the terms of the probe's `expected`. `tokens` keeps registry tokens. */
export async function ask(
  app: TestApp,
  realised: RealisedWorld,
  question: Question,
  tokens: Map<string, string>,
): Promise<string> {
  const { probe, asker, repository } = question;
  const target: Target = {
    repository,
    namespace: repository.split('/')[0]!,
    accessTokenId: realised.accessTokenId,
    credentials: realised.credentialsOf(asker),
  };
  const { method, path, scope, body, headers } = probe.request(target);
  const shown = await headersOf(app, realised, question, scope, tokens);
  if (shown === 'refused') return probe.seen(401, '{"errors":[{"code":"UNAUTHORIZED"}]}');
  const response = await fetch(app.url + path, { method, body, headers: { ...headers, ...shown } });
  return probe.seen(response.status, await textOf(response));
}

/** A stream of events that is open never ends: that it is open says all. */
async function textOf(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!isStream) return response.text();
  await response.body?.cancel();
  return '';
}

export function nameOf({ probe, asker, presentation, repository }: Question): string {
  const route = probe.name === undefined ? probe.route : `${probe.route} (${probe.name})`;
  return `${JSON.stringify(asker)} by ${presentation}, ${route} on ${repository}`;
}

/** `refused`: the token service gives the asker no token at all. */
async function headersOf(
  app: TestApp,
  realised: RealisedWorld,
  { asker, presentation }: Question,
  scope: string | undefined,
  tokens: Map<string, string>,
): Promise<Record<string, string> | 'refused'> {
  const credentials = realised.credentialsOf(asker);
  switch (presentation) {
    case 'session':
      if (asker.kind !== 'user') throw new Error('only users have sessions');
      return { cookie: `berth_session=${realised.sessionOf(asker.name)}` };
    case 'secret':
      return { authorization: `Bearer ${credentials!.password}` };
    case 'basic':
      return { authorization: basic(credentials!) };
    case 'bearer': {
      const token = await registryToken(app, asker, credentials && basic(credentials), scope ?? '', tokens);
      return token === 'refused' ? token : { authorization: token };
    }
    default:
      return {};
  }
}

async function registryToken(
  app: TestApp,
  asker: Asker,
  authorization: string | undefined,
  scopes: string,
  tokens: Map<string, string>,
): Promise<string> {
  const key = `${JSON.stringify(asker)} ${scopes}`;
  const held = tokens.get(key);
  if (held) return held;
  const response = await fetch(`${app.url}/token?scope=${encodeURIComponent(scopes)}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const token =
    response.status === 200 ? `Bearer ${((await response.json()) as { token: string }).token}` : 'refused';
  tokens.set(key, token);
  return token;
}
