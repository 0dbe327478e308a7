import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { withQuery } from '../repository/links';
import { registryApi } from './client';
import { ApiProblem } from './problem';
import { visitedPath } from './request-facts';
import type { Me } from './types';

/** Who is looking; undefined for somebody who has not signed in. One call a page. */
export const whoIsLooking = cache(async (): Promise<Me | undefined> => {
  const { data, response } = await (await registryApi()).GET('/api/v1/me');
  if (response.status >= 500) throw new ApiProblem(response.status, 'The API cannot say who is looking.');
  return response.ok ? data : undefined;
});

/** The same for what stands around every page: when the API does not answer, as for a visitor. */
export async function whoMayBeLooking(): Promise<Me | undefined> {
  try {
    return await whoIsLooking();
  } catch (error) {
    if (error instanceof ApiProblem) return undefined;
    throw error;
  }
}

/** Who is looking at a page that is theirs alone; everybody else signs in first and comes back. */
export async function requireSignedIn(): Promise<Me> {
  return (await whoIsLooking()) ?? redirect(await signInHref());
}

/** The sign-in page that leads back to the page being looked at. */
export async function signInHref(): Promise<string> {
  const path = await visitedPath();
  return withQuery('/login', { next: path === '/' ? undefined : path });
}
