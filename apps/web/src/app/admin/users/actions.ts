'use server';

import { revalidatePath } from 'next/cache';
import type { LinkState, MadeLink } from '@/lib/admin/link-state';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';

const path = '/admin/users';

export async function createUser(_: LinkState, form: FormData): Promise<LinkState> {
  const username = textOf(form, 'username').trim();
  const email = textOf(form, 'email').trim();
  let link: MadeLink | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = { username, email: email || undefined, password: textOf(form, 'password') || undefined };
    const { passwordLink } = await done(api.POST('/api/v1/users', { body }));
    link = passwordLink && { username, url: passwordLink.url };
    return { done: `${username} has an account now.` };
  });
  revalidatePath(path);
  return { ...state, link };
}

export async function createPasswordLink(username: string): Promise<LinkState> {
  let link: MadeLink | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { username } };
    const { url } = await done(api.POST('/api/v1/admin/users/{username}/password-resets', { params }));
    link = { username, url };
    return undefined;
  });
  return { ...state, link };
}

/** Gives or takes admin, disables or enables. */
export async function changeUser(
  username: string,
  body: { isAdmin?: boolean; isDisabled?: boolean },
): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.PATCH('/api/v1/admin/users/{username}', { params: { path: { username } }, body }));
    return undefined;
  });
  revalidatePath(path);
  return state;
}

/** Deletes an account; its namespace goes on as an organization of the named owner. */
export async function deleteUser(username: string, _: FormState, form: FormData): Promise<FormState> {
  const owner = textOf(form, 'owner').trim();
  if (owner === '') return { problem: 'Name who gets the namespace.' };
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { username }, query: { owner } };
    await done(api.DELETE('/api/v1/admin/users/{username}', { params }));
    return undefined;
  });
  revalidatePath(path);
  return state;
}
