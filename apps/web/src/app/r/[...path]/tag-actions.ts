'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt, textOf, textsOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { ApiProblem } from '@/lib/registry-api/problem';
import { activityHref, tagsHref, withQuery } from '@/lib/repository/links';
import type { DeletedTag } from '@/lib/tags/deleted-tag';

export interface DeletionState extends FormState {
  readonly deleted?: readonly DeletedTag[];
}

/** Deletes the ticked tags one after the other; the first refusal stops, and what went before can be undone. */
export async function deleteTags(name: string, _: DeletionState, form: FormData): Promise<DeletionState> {
  const deleted: DeletedTag[] = [];
  const state = await attempt(async () => {
    for (const tag of textsOf(form, 'tag')) deleted.push(await deleteTag(name, tag));
    return {};
  });
  revalidatePath(tagsHref(name));
  return { ...state, ...(deleted.length > 0 ? { deleted } : {}) };
}

/** Deletes the tag of a page and goes to the list, which offers to undo it. */
export async function deleteTagAndLeave(name: string, tag: string): Promise<FormState> {
  let deleted: DeletedTag | undefined;
  const state = await attempt(async () => {
    deleted = await deleteTag(name, tag);
    return undefined;
  });
  if (!deleted) return state;
  redirect(withQuery(tagsHref(name), { deleted: tag, move: deleted.historyId }));
}

/** Deletes a manifest with the tags on it. */
export async function deleteManifest(name: string, digest: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(
      api.DELETE('/api/v1/repositories/{name}/manifests/{digest}', { params: { path: { name, digest } } }),
    );
    return undefined;
  });
  if (state.problem) return state;
  redirect(tagsHref(name));
}

/** Points tags back to where they were before the given moves. */
export async function restoreTags(name: string, _: FormState, form: FormData): Promise<FormState> {
  const state = await attempt(async () => {
    for (const id of textOf(form, 'historyId').split(',')) await restore(name, id);
    return { done: 'Restored.' };
  });
  revalidatePath(tagsHref(name));
  revalidatePath(activityHref(name));
  return state;
}

/** Points a tag back by one move of its history. */
export async function restoreMove(name: string, id: string): Promise<FormState> {
  const state = await attempt(async () => {
    await restore(name, id);
    return { done: 'Restored.' };
  });
  revalidatePath(activityHref(name));
  return state;
}

async function deleteTag(name: string, tag: string): Promise<DeletedTag> {
  const api = await registryApi();
  const params = { path: { name, tag } };
  try {
    const answer = await done(api.DELETE('/api/v1/repositories/{name}/tags/{tag}', { params }));
    return { tag, historyId: answer.undo.historyId, isNeededByIndex: answer.isNeededByIndex };
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    throw new ApiProblem(cause.status, `${tag} was not deleted: ${cause.sentence}`, { cause });
  }
}

async function restore(name: string, id: string): Promise<void> {
  const api = await registryApi();
  await done(
    api.POST('/api/v1/repositories/{name}/activity/{id}/restore', { params: { path: { name, id } } }),
  );
}
