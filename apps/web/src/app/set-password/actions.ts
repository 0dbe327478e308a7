'use server';

import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';

/** Sets the password that a link allows to set, once. */
export async function setPassword(_: FormState, form: FormData): Promise<FormState> {
  const secret = textOf(form, 'secret');
  if (secret === '') return { problem: 'This link is not whole: open it again as it was given to you.' };
  const set = async () => {
    const api = await registryApi();
    const body = { password: textOf(form, 'password') };
    await done(api.POST('/api/v1/password-resets/{secret}', { params: { path: { secret } }, body }));
    return undefined;
  };
  const state = await attempt(set, { forVisitors: true });
  if (state.problem) return state;
  redirect('/login?password=set');
}
