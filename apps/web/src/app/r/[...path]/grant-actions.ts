'use server';

import { revalidatePath } from 'next/cache';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import type { Grant, Role } from '@/lib/registry-api/types';
import { settingsHref } from '@/lib/repository/links';
import { toRole } from '@/lib/roles';

type Kind = Grant['kind'];

/** Gives a user, a team or a robot a role on one repository. */
export async function giveAccess(name: string, _: FormState, form: FormData): Promise<FormState> {
  const kind = textOf(form, 'kind');
  const grantee = textOf(form, 'grantee').trim();
  const role = toRole(textOf(form, 'role'));
  if (!isKind(kind) || !role || grantee === '') return { problem: 'Name who gets access, and as what.' };
  const state = await attempt(async () => {
    await put(name, kind, grantee, role);
    return { done: `${grantee} has access as ${role} now.` };
  });
  revalidatePath(settingsHref(name));
  return state;
}

export async function takeAccess(name: string, kind: Kind, grantee: string): Promise<FormState> {
  const state = await attempt(async () => {
    await remove(name, kind, grantee);
    return undefined;
  });
  revalidatePath(settingsHref(name));
  return state;
}

async function put(name: string, kind: Kind, grantee: string, role: Role): Promise<void> {
  const api = await registryApi();
  const body = { role };
  if (kind === 'team') {
    const params = { path: { name, team: grantee } };
    await done(api.PUT('/api/v1/repositories/{name}/grants/teams/{team}', { params, body }));
  } else if (kind === 'robot') {
    const params = { path: { name, robot: grantee } };
    await done(api.PUT('/api/v1/repositories/{name}/grants/robots/{robot}', { params, body }));
  } else {
    const params = { path: { name, username: grantee } };
    await done(api.PUT('/api/v1/repositories/{name}/grants/{username}', { params, body }));
  }
}

async function remove(name: string, kind: Kind, grantee: string): Promise<void> {
  const api = await registryApi();
  if (kind === 'team') {
    const params = { path: { name, team: grantee } };
    await done(api.DELETE('/api/v1/repositories/{name}/grants/teams/{team}', { params }));
  } else if (kind === 'robot') {
    const params = { path: { name, robot: grantee } };
    await done(api.DELETE('/api/v1/repositories/{name}/grants/robots/{robot}', { params }));
  } else {
    const params = { path: { name, username: grantee } };
    await done(api.DELETE('/api/v1/repositories/{name}/grants/{username}', { params }));
  }
}

function isKind(text: string): text is Kind {
  return text === 'user' || text === 'team' || text === 'robot';
}
