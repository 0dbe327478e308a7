import 'server-only';
import { notFound } from 'next/navigation';
import createClient, { type Client } from 'openapi-fetch';
import { cache } from 'react';
import { apiUrl } from '../env';
import type { paths as Paths } from './api.gen';
import { ApiProblem, ApiUnavailable, problemSentence } from './problem';
import { visitorHeaders } from './request-facts';

/** The API in the name of the visitor whose request is being answered. */
export const registryApi = cache(async (): Promise<Client<Paths>> => {
  const visitor = await visitorHeaders();
  return createClient<Paths>({
    baseUrl: apiUrl,
    headers: visitor,
    cache: 'no-store',
    fetch: (request) => send(request),
  });
});

/** What `openapi-fetch` answers. */
export interface Outcome<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of a call for a page. What is absent ends the page with 404. Throws `ApiProblem`, `ApiUnavailable`. */
export async function found<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response.status === 404 || response.status === 400) notFound();
  if (!response.ok) throw toProblem(response.status, error);
  return data as Data;
}

/** The data of a call that a person's action makes. Throws `ApiProblem`, `ApiUnavailable`. */
export async function done<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw toProblem(response.status, error);
  return data as Data;
}

/** The same for a call that moves something to trash: the id of its entry there. */
export async function trashed(call: Promise<Outcome<unknown>>): Promise<string> {
  let location: string | null = null;
  await done(
    call.then((outcome) => {
      location = outcome.response.headers.get('location');
      return outcome;
    }),
  );
  return String(location).split('/').at(-1) ?? '';
}

function toProblem(status: number, body: unknown): ApiProblem {
  if (status === 502 || status === 503 || status === 504) return new ApiUnavailable();
  return new ApiProblem(status, problemSentence(status, body));
}

/**
 * Reads with a session that has ended are made again without it: public pages stay readable, private ones are absent.
 */
async function send(request: Request): Promise<Response> {
  const isRead = request.method === 'GET';
  const again = isRead && request.headers.has('cookie') ? request.clone() : undefined;
  const response = await reach(request);
  if (response.status !== 401 || !again) return response;
  again.headers.delete('cookie');
  return reach(again);
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    throw new ApiUnavailable({ cause });
  }
}
