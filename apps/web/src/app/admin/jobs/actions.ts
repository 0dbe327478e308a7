'use server';

import { revalidatePath } from 'next/cache';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';

export async function runJob(_: FormState, form: FormData): Promise<FormState> {
  return change(form, 'run');
}

export async function cancelJob(_: FormState, form: FormData): Promise<FormState> {
  return change(form, 'cancel');
}

async function change(form: FormData, what: 'run' | 'cancel'): Promise<FormState> {
  const params = { path: { job: textOf(form, 'job') } };
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(
      what === 'run'
        ? api.POST('/api/v1/admin/jobs/{job}/run', { params })
        : api.POST('/api/v1/admin/jobs/{job}/cancel', { params }),
    );
    return {};
  });
  revalidatePath('/admin/jobs');
  revalidatePath('/admin/gc');
  revalidatePath('/admin/storage');
  return state;
}
