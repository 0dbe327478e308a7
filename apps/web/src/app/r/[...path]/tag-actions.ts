'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { abridgedDigest } from '@/lib/format/digest';
import { attempt, textsOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi, trashed } from '@/lib/registry-api/client';
import { ApiProblem } from '@/lib/registry-api/problem';
import type { Answer } from '@/lib/registry-api/types';
import { activityHref, tagsHref } from '@/lib/repository/links';
import { offerUndo } from '@/lib/undo/undo-cookie';

type DeletedTag = Answer<'/api/v1/repositories/{name}/tags/{tag}', 'delete'>;

/** Deletes the ticked tags, offers one undo for all that went, and says why the others did not. */
export async function deleteTags(name: string, _: FormState, form: FormData): Promise<FormState> {
  const deleted = new Map<string, DeletedTag>();
  const refusals: string[] = [];
  for (const tag of textsOf(form, 'tag')) {
    const { problem } = await attempt(async () => {
      deleted.set(tag, await deleteTag(name, tag));
      return undefined;
    });
    if (problem) refusals.push(problem);
  }
  await offerTags(name, deleted);
  revalidatePath(tagsHref(name));
  return refusals.length > 0 ? { problem: refusals.join(' ') } : {};
}

/** Deletes the tag of a page and goes to the list. */
export async function deleteTagAndLeave(name: string, tag: string): Promise<FormState> {
  const deleted = new Map<string, DeletedTag>();
  const state = await attempt(async () => {
    deleted.set(tag, await deleteTag(name, tag));
    return undefined;
  });
  if (state.problem) return state;
  await offerTags(name, deleted);
  redirect(tagsHref(name));
}

/** Deletes a manifest with the tags on it, and what it lists. */
export async function deleteManifest(name: string, digest: string): Promise<FormState> {
  let id = '';
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { name, digest } };
    id = await trashed(api.DELETE('/api/v1/repositories/{name}/manifests/{digest}', { params }));
    return undefined;
  });
  if (state.problem) return state;
  await offerUndo({ what: 'manifest', name, ids: [id], sentence: `Deleted ${abridgedDigest(digest)}.` });
  redirect(tagsHref(name));
}

/** Points a tag back by one move of its history. */
export async function restoreMove(name: string, id: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { name, id } };
    await done(api.POST('/api/v1/repositories/{name}/activity/{id}/restore', { params }));
    return { done: 'Restored.' };
  });
  revalidatePath(activityHref(name));
  return state;
}

async function deleteTag(name: string, tag: string): Promise<DeletedTag> {
  const api = await registryApi();
  const params = { path: { name, tag } };
  try {
    return await done(api.DELETE('/api/v1/repositories/{name}/tags/{tag}', { params }));
  } catch (cause) {
    if (!(cause instanceof ApiProblem)) throw cause;
    throw new ApiProblem(cause.status, `${tag} was not deleted: ${cause.sentence}`, { cause });
  }
}

async function offerTags(name: string, deleted: ReadonlyMap<string, DeletedTag>): Promise<void> {
  if (deleted.size === 0) return;
  const what = deleted.size === 1 ? [...deleted.keys()].join() : `${deleted.size} tags`;
  const isNeeded = [...deleted.values()].some(({ isNeededByIndex }) => isNeededByIndex);
  await offerUndo({
    what: 'tags',
    name,
    ids: [...deleted.values()].map(({ undo }) => undo.historyId),
    sentence: `Deleted ${what}.${isNeeded ? ' An index still contains the image, which stays.' : ''}`,
  });
}
