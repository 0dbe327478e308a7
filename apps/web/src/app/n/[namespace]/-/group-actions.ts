'use server';

import { revalidatePath } from 'next/cache';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';

export async function addTeamGroup(
  namespace: string,
  team: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace, team } };
    const body = { provider: textOf(form, 'provider'), group: textOf(form, 'group').trim() };
    await done(api.PUT('/api/v1/namespaces/{namespace}/teams/{team}/groups', { params, body }));
    return undefined;
  });
  revalidatePath(namespaceHref(namespace), 'layout');
  return state;
}

export async function removeTeamGroup(
  namespace: string,
  team: string,
  provider: string,
  group: string,
): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace, team }, query: { provider, group } };
    await done(api.DELETE('/api/v1/namespaces/{namespace}/teams/{team}/groups', { params }));
    return undefined;
  });
  revalidatePath(namespaceHref(namespace), 'layout');
  return state;
}
