'use server';

import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { signIn } from '../login/actions';

/** Makes an account and begins its first session. */
export async function register(_: FormState, form: FormData): Promise<FormState> {
  const email = textOf(form, 'email').trim();
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = { username: textOf(form, 'username').trim(), password: textOf(form, 'password') };
    await done(api.POST('/api/v1/users', { body: email === '' ? body : { ...body, email } }));
    return undefined;
  });
  return state.problem ? state : signIn({}, form);
}
