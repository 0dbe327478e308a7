import { createHash } from 'node:crypto';
import type { Credentials } from '../../support/registry-client.js';
import type { Asker, WorldModel } from '../model.js';

/**
 * How a request shows who asks: `bearer` is a registry token, `secret` an access token or robot secret as Bearer,
 * `form` a user name and password in the body.
 */
export type Presentation = 'none' | 'basic' | 'bearer' | 'session' | 'secret' | 'form';

export interface Request {
  method: string;
  path: string;
  /** What a bearer asks the token service for. */
  scope?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** What a request is about. */
export interface Target {
  repository: string;
  /** The repository's. */
  namespace: string;
  /** Of the first access token of the world; of none when it has none. */
  accessTokenId: string;
  /** The asker's, for a request that sends them in its body. */
  credentials?: Credentials;
}

/** One route of Berth, with what the model says that it answers. */
export interface Probe {
  /** As the routes are declared, `GET /v2/*name/tags/list`. */
  route: string;
  /** Tells apart several probes of one route. */
  name?: string;
  presentations: readonly Presentation[];
  request(target: Target): Request;
  /** Status, and where that does not tell enough the error or what is listed. Undefined: it would change the world. */
  expected(
    world: WorldModel,
    asker: Asker,
    presentation: Presentation,
    repository: string,
  ): string | undefined;
  /** What the answer was, in the terms of `expected`. */
  seen(status: number, body: string): string;
}

export const apiPresentations = ['none', 'basic', 'session', 'secret'] as const;

export const json = { 'content-type': 'application/json' };

/** Of nothing that there is. */
export const absentDigest = `sha256:${'a'.repeat(64)}`;

/** Of the one blob that each repository of a world has. */
export function digestOf(repository: string): string {
  return `sha256:${createHash('sha256').update(repository).digest('hex')}`;
}

export function split(route: string): [method: string, path: string] {
  const [method, path] = route.split(' ');
  return [method!, path!];
}

export function withBody(body: unknown): Pick<Request, 'body' | 'headers'> {
  return body === undefined ? {} : { body: JSON.stringify(body), headers: json };
}

/** The status, and the sentence of a 404: what is absent is told from what is closed by that. */
export function statusAndAbsence(status: number, body: string): string {
  return status === 404 ? `404 ${JSON.parse(body).detail}` : String(status);
}
