'use server';

import { revalidatePath } from 'next/cache';
import { attempt } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { limitsOf } from '@/lib/quotas/limits-form';
import { done, registryApi } from '@/lib/registry-api/client';

const path = '/api/v1/admin/quotas/namespaces/{namespace}';

/** Sets what a namespace may have; `remove` takes both limits away. */
export async function setNamespaceQuota(namespace: string, _: FormState, form: FormData): Promise<FormState> {
  const read = limitsOf(form);
  if ('problem' in read) return read;
  const state = await attempt(async () => {
    const api = await registryApi();
    await done(api.PUT(path, { params: { path: { namespace } }, body: read.limits }));
    return { done: read.sentence };
  });
  revalidatePath('/admin/namespaces');
  return state;
}
