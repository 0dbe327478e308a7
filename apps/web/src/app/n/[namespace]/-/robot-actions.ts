'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import {
  changedExpiryOf,
  expiryOf,
  overlapOf,
  repositoriesOf,
  scopesOf,
} from '@/lib/access-tokens/credential-form';
import type { MadeSecret, SecretState } from '@/lib/access-tokens/secret-state';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';
import { namespaceHref } from '@/lib/repository/links';

const scopes = ['repository:read', 'repository:write', 'repository:delete'] as const;

export async function createRobot(namespace: string, _: SecretState, form: FormData): Promise<SecretState> {
  const name = textOf(form, 'name').trim();
  const chosen = scopesOf(form, scopes);
  if (chosen.length === 0) return { problem: 'Choose what the robot may do: at least one thing.' };
  let made: MadeSecret | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = {
      name,
      description: textOf(form, 'description').trim(),
      scopes: chosen,
      repositories: repositoriesOf(form),
      expiresAt: expiryOf(form),
    };
    const params = { path: { namespace } };
    const robot = await done(api.POST('/api/v1/namespaces/{namespace}/robots', { params, body }));
    made = { name, username: robot.username, secret: robot.secret };
    return undefined;
  });
  refresh(namespace);
  return { ...state, made };
}

export async function rotateRobot(
  namespace: string,
  robot: string,
  _: SecretState,
  form: FormData,
): Promise<SecretState> {
  let made: MadeSecret | undefined;
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace, robot } };
    const body = { overlapSeconds: overlapOf(form) };
    const rotated = await done(
      api.POST('/api/v1/namespaces/{namespace}/robots/{robot}/rotate', { params, body }),
    );
    made = { name: robot, username: rotated.username, secret: rotated.secret };
    return undefined;
  });
  refresh(namespace);
  return { ...state, made };
}

/** Changes all but the name and the secret, and goes back to the list. */
export async function changeRobot(
  namespace: string,
  robot: string,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const chosen = scopesOf(form, scopes);
  if (chosen.length === 0) return { problem: 'Choose what the robot may do: at least one thing.' };
  const state = await attempt(async () => {
    const api = await registryApi();
    const body = {
      description: textOf(form, 'description').trim(),
      scopes: chosen,
      repositories: repositoriesOf(form) ?? null,
      expiresAt: changedExpiryOf(form),
    };
    const params = { path: { namespace, robot } };
    await done(api.PATCH('/api/v1/namespaces/{namespace}/robots/{robot}', { params, body }));
    return undefined;
  });
  if (state.problem) return state;
  refresh(namespace);
  redirect(robotsPath(namespace));
}

/** Stops a robot for a while, or lets it go on. */
export async function setRobotDisabled(
  namespace: string,
  robot: string,
  isDisabled: boolean,
): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace, robot } };
    await done(api.PATCH('/api/v1/namespaces/{namespace}/robots/{robot}', { params, body: { isDisabled } }));
    return undefined;
  });
  refresh(namespace);
  return state;
}

export async function deleteRobot(namespace: string, robot: string): Promise<FormState> {
  const state = await attempt(async () => {
    const api = await registryApi();
    const params = { path: { namespace, robot } };
    await done(api.DELETE('/api/v1/namespaces/{namespace}/robots/{robot}', { params }));
    return undefined;
  });
  refresh(namespace);
  return state;
}

function refresh(namespace: string): void {
  revalidatePath(robotsPath(namespace));
}

function robotsPath(namespace: string): string {
  return `${namespaceHref(namespace)}/-/robots`;
}
