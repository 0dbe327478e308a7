'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '../forms/attempt';
import type { FormState } from '../forms/form-state';
import { done, registryApi } from '../registry-api/client';
import { namespaceHref, repositoryHref } from '../repository/links';
import { withdrawUndo } from './undo-cookie';
import type { Undoable } from './undoable';

/** Brings back what has just been deleted; where it is a place of its own, leads there. */
export async function undo(deleted: Undoable): Promise<FormState> {
  const state = await attempt(async () => {
    for (const id of deleted.ids) await restore(deleted, id);
    return { done: 'Restored.' };
  });
  await withdrawUndo();
  revalidatePath('/', 'layout');
  if (state.problem) return state;
  if (deleted.what === 'repository') redirect(repositoryHref(deleted.name));
  if (deleted.what === 'namespace') redirect(namespaceHref(deleted.name));
  return state;
}

async function restore({ what, name }: Undoable, id: string): Promise<void> {
  const api = await registryApi();
  const inRepository = { path: { name, id } };
  const inTrash = { path: { id } };
  switch (what) {
    case 'tags':
      await done(api.POST('/api/v1/repositories/{name}/activity/{id}/restore', { params: inRepository }));
      break;
    case 'manifest':
      await done(api.POST('/api/v1/repositories/{name}/trash/{id}/restore', { params: inRepository }));
      break;
    case 'repository':
      await done(api.POST('/api/v1/trash/repositories/{id}/restore', { params: inTrash, body: {} }));
      break;
    case 'namespace':
      await done(api.POST('/api/v1/trash/namespaces/{id}/restore', { params: inTrash }));
      break;
  }
}
