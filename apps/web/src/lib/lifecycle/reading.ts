import 'server-only';
import { cache } from 'react';
import { found, type Outcome, registryApi } from '../registry-api/client';
import type { LifecycleAnswer } from '../registry-api/types';
import type { RuleTarget } from './rule-target';

/** The rules of a page. Asked for once a request. */
export const readRepositoryRules = cache((name: string) => readRules({ kind: 'repository', name }));

/** 404 for who may not change them. */
export async function readRules(target: RuleTarget): Promise<LifecycleAnswer> {
  return found(rulesCall(target));
}

export async function rulesCall({ kind, name }: RuleTarget): Promise<Outcome<LifecycleAnswer>> {
  const api = await registryApi();
  return kind === 'repository'
    ? api.GET('/api/v1/repositories/{name}/lifecycle', { params: { path: { name } } })
    : api.GET('/api/v1/namespaces/{namespace}/lifecycle', { params: { path: { namespace: name } } });
}

/** Which tags of a repository the patterns cover now. Asked for once a request. */
export const readCoverage = cache(async (name: string) => {
  const api = await registryApi();
  return found(api.GET('/api/v1/repositories/{name}/lifecycle/coverage', { params: { path: { name } } }));
});
