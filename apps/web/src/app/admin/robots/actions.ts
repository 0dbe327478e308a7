'use server';

import { revalidatePath } from 'next/cache';
import { counted } from '@/lib/format/count';
import { attempt, textsOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { done, registryApi } from '@/lib/registry-api/client';

export async function revokeRobots(_: FormState, form: FormData): Promise<FormState> {
  const ids = textsOf(form, 'id');
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.POST('/api/v1/admin/robots/revocations', { body: { ids } }));
    return { done: `Revoked ${counted(ids.length, 'robot')}.` };
  });
  revalidatePath('/admin/robots');
  return state;
}
