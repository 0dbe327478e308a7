'use server';

import { revalidatePath } from 'next/cache';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';

export async function orderCollection(_: FormState, form: FormData): Promise<FormState> {
  const hours = Number(textOf(form, 'graceHours').replace(',', '.'));
  if (!Number.isFinite(hours) || hours < 0)
    return { problem: 'The grace period is a number of hours, 0 or more.' };
  const order = {
    graceSeconds: Math.round(hours * 3600),
    dryRun: textOf(form, 'what') === 'preview',
    waitSeconds: 0,
  };
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.POST('/api/v1/admin/gc', { body: order }));
    return {};
  });
  revalidatePath('/admin/gc');
  return state;
}
