import 'server-only';
import { revalidatePath } from 'next/cache';
import { attempt } from '../forms/attempt';
import type { FormState } from '../forms/form-state';
import { done, type Outcome, registryApi } from '../registry-api/client';
import type { Lifecycle, LifecycleAnswer } from '../registry-api/types';
import { namespaceHref, settingsHref } from '../repository/links';
import { rulesCall } from './reading';
import type { RuleTarget } from './rule-target';

/** Changes the rules as they are by now; the rest of them stays. */
export async function changeRules(
  target: RuleTarget,
  change: (rules: Lifecycle) => Partial<Lifecycle>,
  sentence: string,
): Promise<FormState> {
  const state = await attempt(async () => {
    const { own } = await done(rulesCall(target));
    await done(put(target, { ...own, ...change(own) }));
    return { done: sentence };
  });
  revalidatePath(pathOf(target));
  return state;
}

async function put({ kind, name }: RuleTarget, body: Lifecycle): Promise<Outcome<LifecycleAnswer>> {
  const api = await registryApi();
  return kind === 'repository'
    ? api.PUT('/api/v1/repositories/{name}/lifecycle', { params: { path: { name } }, body })
    : api.PUT('/api/v1/namespaces/{namespace}/lifecycle', { params: { path: { namespace: name } }, body });
}

export function pathOf({ kind, name }: RuleTarget): string {
  return kind === 'repository' ? settingsHref(name) : `${namespaceHref(name)}/-/settings`;
}
