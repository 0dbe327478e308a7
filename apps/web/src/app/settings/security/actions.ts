'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { passCookies } from '@/lib/registry-api/session-cookie';

const path = '/settings/security';

/** Goes to a provider; whoever it finds in this browser signs in to this account from then on. */
export async function linkIdentity(provider: string): Promise<FormState> {
  let url: string | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { provider } };
    const call = await api.POST('/api/v1/me/identities/{provider}', { params, body: { next: path } });
    url = (await done(Promise.resolve(call))).url;
    await passCookies(call.response);
    return undefined;
  });
  if (url === undefined) return state;
  redirect(url);
}

export async function unlinkIdentity(provider: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.DELETE('/api/v1/me/identities/{provider}', { params: { path: { provider } } }));
    return undefined;
  });
  revalidatePath(path);
  return state;
}
