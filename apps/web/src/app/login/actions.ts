'use server';

import { redirect } from 'next/navigation';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { safeNext } from '@/lib/forms/safe-next';
import { registryApi } from '@/lib/registry-api/client';
import { problemSentence } from '@/lib/registry-api/problem';
import { passCookies } from '@/lib/registry-api/session-cookie';
import { withdrawUndo } from '@/lib/undo/undo-cookie';

/** Begins a session and goes on to the page one came for. */
export async function signIn(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await attempt(async () => {
    const body = { username: textOf(form, 'username'), password: textOf(form, 'password') };
    const { error, response } = await (await registryApi()).POST('/api/v1/sessions', { body });
    if (!response.ok) return { problem: refusal(response.status, error) };
    await passCookies(response);
    return {};
  });
  if (outcome.problem) return outcome;
  redirect(safeNext(textOf(form, 'next')));
}

/** Ends the session, here and on the server. */
export async function signOut(): Promise<void> {
  const api = await registryApi();
  const { response } = await api.DELETE('/api/v1/sessions/current');
  await passCookies(response);
  await withdrawUndo();
  redirect('/');
}

function refusal(status: number, body: unknown): string {
  if (status === 401) return 'This user name and password do not belong together: check both.';
  return problemSentence(status, body);
}
