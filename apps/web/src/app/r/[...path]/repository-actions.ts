'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi, trashed } from '@/lib/registry-api/client';
import { repositoryHref } from '@/lib/repository/links';
import { whereRestored } from '@/lib/trash/where-restored';
import { offerUndo } from '@/lib/undo/undo-cookie';

/** Gives a repository one's star, or takes it back. */
export async function setStar(name: string, isStarred: boolean): Promise<void> {
  await attempt(async () => {
    const api = await registryApi();
    const params = { path: { name } };
    if (isStarred) await done(api.PUT('/api/v1/repositories/{name}/star', { params }));
    else await done(api.DELETE('/api/v1/repositories/{name}/star', { params }));
    return {};
  });
  revalidatePath(repositoryHref(name));
}

export async function changeDescription(name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(name, { description: textOf(form, 'description').trim() }, 'The description has been saved.');
}

export async function changeReadme(name: string, _: FormState, form: FormData): Promise<FormState> {
  return change(
    name,
    { readme: textOf(form, 'readme').replaceAll('\r\n', '\n') },
    'The README has been saved.',
  );
}

/** Publishes or hides a repository, once its name has been typed. */
export async function changeVisibility(
  name: string,
  visibility: 'public' | 'private',
  _: FormState,
  form: FormData,
): Promise<FormState> {
  if (visibility === 'public' && textOf(form, 'typedName') !== name) return wrongName(name);
  const sentence =
    visibility === 'public' ? 'The repository is public now.' : 'The repository is private now.';
  return change(name, { visibility }, sentence);
}

/** Deletes a repository with all that is in it, once its name has been typed. */
export async function deleteRepository(name: string, _: FormState, form: FormData): Promise<FormState> {
  if (textOf(form, 'typedName') !== name) return wrongName(name);
  let id = '';
  let namespace = '';
  const outcome = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { name } };
    namespace = (await done(api.GET('/api/v1/repositories/{name}', { params }))).namespace;
    id = await trashed(api.DELETE('/api/v1/repositories/{name}', { params }));
    return {};
  });
  if (outcome.problem) return outcome;
  const place = await whereRestored(namespace);
  if (place) await offerUndo({ what: 'repository', name, ids: [id], sentence: `Deleted ${name}.` });
  redirect(place ?? '/');
}

async function change(
  name: string,
  body: { visibility?: 'public' | 'private'; description?: string; readme?: string },
  sentence: string,
): Promise<FormState> {
  return attempt(async () => {
    const api = await registryApi();
    await done(api.PATCH('/api/v1/repositories/{name}', { params: { path: { name } }, body }));
    revalidatePath(repositoryHref(name));
    return { done: sentence };
  });
}

function wrongName(name: string): FormState {
  return { problem: `Type the repository's name, ${name}, to confirm.` };
}
