'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { trashHref } from '@/lib/repository/links';
import { type Restoration, restorationHref } from '@/lib/trash/restoration';

/** Brings a manifest back with its tags and all that went with it. */
export async function restoreManifest(name: string, id: string): Promise<FormState> {
  return restore(name, async () => {
    const api = await registryApi();
    const params = { path: { name, id } };
    const { digest, takenTags } = await done(
      api.POST('/api/v1/repositories/{name}/trash/{id}/restore', { params }),
    );
    return { reference: digest, takenTags: takenTags.map(({ tag }) => tag) };
  });
}

/** Puts a deleted tag back by the move that deleted it. */
export async function restoreDeletedTag(name: string, id: string): Promise<FormState> {
  return restore(name, async () => {
    const api = await registryApi();
    const params = { path: { name, id } };
    const { tag } = await done(api.POST('/api/v1/repositories/{name}/activity/{id}/restore', { params }));
    return { reference: tag, takenTags: [] };
  });
}

export async function purgeManifest(name: string, id: string, digest: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const options = { params: { path: { name, id } }, body: { digest } };
    await done(api.POST('/api/v1/repositories/{name}/trash/{id}/purge', options));
    return undefined;
  });
  revalidatePath(trashHref(name));
  return state;
}

async function restore(name: string, act: () => Promise<Restoration>): Promise<FormState> {
  let restored: Restoration | undefined;
  const state = await attempt(async () => {
    restored = await act();
    return undefined;
  });
  if (!restored) return state;
  redirect(restorationHref(name, restored));
}
