'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';
import { toRole } from '@/lib/roles';

/** Adds a member, or gives one another role. */
export async function putMember(namespace: string, _: FormState, form: FormData): Promise<FormState> {
  const username = textOf(form, 'username').trim();
  const role = toRole(textOf(form, 'role'));
  if (username === '' || !role) return { problem: 'Name a user, and a role for them.' };
  return changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace, username } };
    await done(api.PUT('/api/v1/namespaces/{namespace}/members/{username}', { params, body: { role } }));
    return { done: `${username} is ${role} now.` };
  });
}

export async function removeMember(namespace: string, username: string): Promise<FormState> {
  return changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace, username } };
    await done(api.DELETE('/api/v1/namespaces/{namespace}/members/{username}', { params }));
    return undefined;
  });
}

export async function createTeam(namespace: string, _: FormState, form: FormData): Promise<FormState> {
  const name = textOf(form, 'team').trim();
  return changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace } };
    const body = { name, description: textOf(form, 'purpose').trim() };
    await done(api.POST('/api/v1/namespaces/{namespace}/teams', { params, body }));
    return { done: `The team ${name} is there. Add its people.` };
  });
}

export async function deleteTeam(namespace: string, team: string): Promise<FormState> {
  const state = await changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace, team } };
    await done(api.DELETE('/api/v1/namespaces/{namespace}/teams/{team}', { params }));
    return undefined;
  });
  if (state.problem) return state;
  redirect(`${namespaceHref(namespace)}/-/members`);
}

export async function putTeamMember(
  namespace: string,
  team: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const username = textOf(form, 'username').trim();
  return changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace, team, username } };
    await done(api.PUT('/api/v1/namespaces/{namespace}/teams/{team}/members/{username}', { params }));
    return { done: `${username} is in ${team} now.` };
  });
}

export async function removeTeamMember(
  namespace: string,
  team: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const username = textOf(form, 'username');
  return changed(namespace, async () => {
    const api = await registryApi();
    const params = { path: { namespace, team, username } };
    await done(api.DELETE('/api/v1/namespaces/{namespace}/teams/{team}/members/{username}', { params }));
    return undefined;
  });
}

async function changed(namespace: string, act: () => Promise<FormState | undefined>): Promise<FormState> {
  const state = await attempt(act);
  revalidatePath(namespaceHref(namespace), 'layout');
  return state;
}
