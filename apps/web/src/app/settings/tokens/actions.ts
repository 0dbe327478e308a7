'use server';

import { revalidatePath } from 'next/cache';
import { expiryOf, overlapOf, repositoriesOf, scopesOf } from '@/lib/access-tokens/credential-form';
import type { MadeSecret, SecretState } from '@/lib/access-tokens/secret-state';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { requireSignedIn } from '@/lib/registry-api/me';

const scopes = ['repository:read', 'repository:write', 'repository:delete', 'admin'] as const;
const path = '/settings/tokens';

/** Makes an access token; its secret goes to the page that asked, and nowhere else. */
export async function createAccessToken(_: SecretState, form: FormData): Promise<SecretState> {
  const { username } = await requireSignedIn();
  const name = textOf(form, 'name').trim();
  const chosen = scopesOf(form, scopes);
  if (name === '') return { problem: 'Give the token a name, by which you will know it.' };
  if (chosen.length === 0) return { problem: 'Choose what the token may do: at least one thing.' };
  let made: MadeSecret | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = { name, scopes: chosen, repositories: repositoriesOf(form), expiresAt: expiryOf(form) };
    const { token } = await done(api.POST('/api/v1/access-tokens', { body }));
    made = { name, username, secret: token };
    return undefined;
  });
  revalidatePath(path);
  return { ...state, made };
}

export async function rotateAccessToken(
  id: string,
  name: string,
  _: SecretState,
  form: FormData,
): Promise<SecretState> {
  const { username } = await requireSignedIn();
  let made: MadeSecret | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { id } };
    const body = { overlapSeconds: overlapOf(form) };
    const { token } = await done(api.POST('/api/v1/access-tokens/{id}/rotate', { params, body }));
    made = { name, username, secret: token };
    return undefined;
  });
  revalidatePath(path);
  return { ...state, made };
}

export async function revokeAccessToken(id: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.DELETE('/api/v1/access-tokens/{id}', { params: { path: { id } } }));
    return undefined;
  });
  revalidatePath(path);
  return state;
}
