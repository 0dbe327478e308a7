'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import type { TrashedItem } from '@/lib/registry-api/types';
import { namespaceHref, repositoryHref } from '@/lib/repository/links';

export type Trashed = Pick<TrashedItem, 'kind' | 'id' | 'name'>;

export interface RestorationState extends FormState {
  /** Another name has to be given. */
  readonly isNameTaken?: boolean;
}

/** Restores a repository or namespace and goes there; a repository under another name if one is given. */
export async function restoreItem(
  { kind, id, name }: Trashed,
  _: RestorationState,
  form: FormData,
): Promise<RestorationState> {
  const newName = textOf(form, 'newName').trim();
  let restored = name;
  let isNameTaken = newName !== '';
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { id } };
    if (kind === 'namespace') {
      await done(api.POST('/api/v1/trash/namespaces/{id}/restore', { params }));
      return undefined;
    }
    const body = newName ? { name: newName } : {};
    const { data, error, response } = await api.POST('/api/v1/trash/repositories/{id}/restore', {
      params,
      body,
    });
    isNameTaken ||= response.status === 409;
    if (response.status === 409)
      return {
        problem: `There is a repository “${newName || name}” again: choose another name for this one.`,
      };
    restored = (await done(Promise.resolve({ data, error, response }))).name;
    return undefined;
  });
  if (state.problem) return { ...state, isNameTaken };
  redirect(kind === 'namespace' ? namespaceHref(restored) : repositoryHref(restored));
}

/** Removes it for good, once its name has been typed. */
export async function purgeItem(
  { kind, id, name }: Trashed,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  if (textOf(form, 'typedName') !== name) return { problem: `Type the name, ${name}, to confirm.` };
  const state = await attempt(async () => {
    const api = await registryApi();
    const options = { params: { path: { id } }, body: { name } };
    if (kind === 'namespace') await done(api.POST('/api/v1/trash/namespaces/{id}/purge', options));
    else await done(api.POST('/api/v1/trash/repositories/{id}/purge', options));
    return undefined;
  });
  revalidatePath('/trash');
  return state;
}
