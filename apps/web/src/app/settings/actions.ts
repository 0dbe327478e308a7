'use server';

import { revalidatePath } from 'next/cache';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { passCookies } from '@/lib/registry-api/session-cookie';

export async function changeProfile(_: FormState, form: FormData): Promise<FormState> {
  const email = textOf(form, 'email').trim();
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.PATCH('/api/v1/me', { body: { email: email === '' ? null : email } }));
    return { done: 'Saved.' };
  });
  revalidatePath('/settings/profile');
  return state;
}

/** Changes the password; every other session ends with it. */
export async function changePassword(_: FormState, form: FormData): Promise<FormState> {
  if (textOf(form, 'newPassword') !== textOf(form, 'repeated'))
    return { problem: 'The new password is not the same both times: type it again.' };
  return attempt(async () => {
    const api = await registryApi();
    const body = { oldPassword: textOf(form, 'oldPassword'), newPassword: textOf(form, 'newPassword') };
    const call = await api.PUT('/api/v1/me/password', { body });
    await done(Promise.resolve(call));
    await passCookies(call.response);
    return { done: 'The password has been changed. Other sessions have ended.' };
  });
}

export async function endSession(id: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } }));
    return undefined;
  });
  revalidatePath('/settings/sessions');
  return state;
}

export async function endOtherSessions(): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.DELETE('/api/v1/sessions'));
    return { done: 'All other sessions have ended.' };
  });
  revalidatePath('/settings/sessions');
  return state;
}
