'use server';

import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { namespaceHref, repositoryHref } from '@/lib/repository/links';

export async function createRepository(_: FormState, form: FormData): Promise<FormState> {
  const name = `${textOf(form, 'namespace')}/${textOf(form, 'name').trim().replace(/^\/+/, '')}`;
  const visibility = textOf(form, 'visibility') === 'public' ? 'public' : 'private';
  let made: string | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = { name, visibility, description: textOf(form, 'description').trim() } as const;
    made = (await done(api.POST('/api/v1/repositories', { body }))).name;
    return undefined;
  });
  if (made === undefined) return state;
  redirect(repositoryHref(made));
}

export async function createOrganization(_: FormState, form: FormData): Promise<FormState> {
  const name = textOf(form, 'organization').trim();
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(
      api.POST('/api/v1/namespaces', { body: { name, description: textOf(form, 'purpose').trim() } }),
    );
    return undefined;
  });
  if (state.problem) return state;
  redirect(namespaceHref(name));
}
