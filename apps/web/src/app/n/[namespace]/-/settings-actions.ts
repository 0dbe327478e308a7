'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi, trashed } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';
import { offerUndo } from '@/lib/undo/undo-cookie';

export async function changeNamespace(namespace: string, _: FormState, form: FormData): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace } };
    const body = { description: textOf(form, 'description').trim() };
    await done(api.PATCH('/api/v1/namespaces/{namespace}', { params, body }));
    return { done: 'Saved.' };
  });
  revalidatePath(namespaceHref(namespace), 'layout');
  return state;
}

export async function deleteNamespace(namespace: string, _: FormState, form: FormData): Promise<FormState> {
  if (textOf(form, 'typedName') !== namespace)
    return { problem: `Type the name of the organization, ${namespace}, to confirm.` };
  let id = '';
  const state = await attempt(async () => {
    const api = await registryApi();
    id = await trashed(api.DELETE('/api/v1/namespaces/{namespace}', { params: { path: { namespace } } }));
    return undefined;
  });
  if (state.problem) return state;
  await offerUndo({ what: 'namespace', name: namespace, ids: [id], sentence: `Deleted ${namespace}.` });
  redirect('/trash');
}
