'use server';

import { revalidatePath } from 'next/cache';
import { counted } from '@/lib/format/count';
import { attempt, textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { isDuration } from '@/lib/lifecycle/duration';
import { rulesCall } from '@/lib/lifecycle/reading';
import { type ReadRule, readRule } from '@/lib/lifecycle/retention-form';
import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import { changeRules } from '@/lib/lifecycle/writing';
import { done, registryApi } from '@/lib/registry-api/client';
import { ApiProblem } from '@/lib/registry-api/problem';
import type { Lifecycle, RetentionPreview, RetentionRule } from '@/lib/registry-api/types';
import { settingsHref } from '@/lib/repository/links';
import { RetentionPreviewResult } from './retention-preview';
import { RetentionRunResult } from './retention-run-result';

type Policy = NonNullable<Lifecycle['retention']>;

/** Adds a rule behind the others, or shows what the policy would do with it. */
export async function addRule(target: RuleTarget, _: FormState, form: FormData): Promise<FormState> {
  const read = ruleOf(form, 'new');
  if ('problem' in read) return read;
  const change = (policy: Policy) => ({ ...policy, rules: [...policy.rules, read.rule] });
  if (textOf(form, 'do') === 'preview') return previewChange(target, change);
  return changePolicy(target, change, 'The rule has been added.');
}

/** Changes, moves or removes the rule at a place, or shows what the policy would do with it changed. */
export async function changeRule(
  target: RuleTarget,
  index: number,
  was: RetentionRule,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const replaced = (rules: readonly RetentionRule[], ...by: RetentionRule[]) => {
    if (JSON.stringify(rules[index]) !== JSON.stringify(was))
      throw new ApiProblem(409, 'The rules have changed meanwhile: load the page again.');
    return rules.toSpliced(index, 1, ...by);
  };
  const order = textOf(form, 'do');
  if (order === 'remove')
    return changePolicy(
      target,
      (policy) => ({ ...policy, rules: replaced(policy.rules) }),
      'The rule has been removed.',
    );
  if (order === 'up')
    return changePolicy(
      target,
      (policy) => ({ ...policy, rules: replaced(policy.rules).toSpliced(Math.max(index - 1, 0), 0, was) }),
      'The rule comes earlier now.',
    );
  const read = ruleOf(form, String(index));
  if ('problem' in read) return read;
  const change = (policy: Policy) => ({ ...policy, rules: replaced(policy.rules, read.rule) });
  if (order === 'preview') return previewChange(target, change);
  return changePolicy(target, change, 'Saved.');
}

/** Sets after which time images without a tag go; empty: they stay. */
export async function changeUntagged(target: RuleTarget, _: FormState, form: FormData): Promise<FormState> {
  const after = textOf(form, 'untaggedAfter').trim();
  if (after !== '' && !isDuration(after))
    return { problem: 'Write the time as a number and m, h, d or w, as in 14d.' };
  const change = ({ rules }: Policy) => ({ rules, ...(after === '' ? {} : { untaggedAfter: after }) });
  return changePolicy(target, change, 'Saved.');
}

/** Shows what the policy that holds would remove; `run` removes what was shown, or nothing. */
export async function previewOrRun(name: string, _: FormState, form: FormData): Promise<FormState> {
  const params = { path: { name } };
  const state = await attempt(async () => {
    const api = await registryApi();
    if (textOf(form, 'do') !== 'run') {
      const path = '/api/v1/repositories/{name}/retention/preview';
      const preview = await done(api.POST(path, { params, body: {} }));
      const { own, ofNamespace } = await done(rulesCall({ kind: 'repository', name }));
      const { rules } = own.retention ?? ofNamespace?.retention ?? { rules: [] };
      return { shown: <RetentionPreviewResult isRunnable name={name} preview={preview} rules={rules} /> };
    }
    const body = { plan: textOf(form, 'plan') };
    const run = await done(api.POST('/api/v1/repositories/{name}/retention/run', { params, body }));
    return { shown: <RetentionRunResult name={name} run={run} /> };
  });
  revalidatePath(settingsHref(name));
  return state;
}

/** Brings back what a run removed, and says what did not come back. */
export async function restoreRun(name: string, _: FormState, form: FormData): Promise<FormState> {
  const id = textOf(form, 'run');
  const state = await attempt(async () => {
    const api = await registryApi();
    const path = '/api/v1/repositories/{name}/retention/runs/{id}/restore';
    const { tagCount, manifestCount, problems } = await done(
      api.POST(path, { params: { path: { name, id } } }),
    );
    const counts = `${counted(tagCount, 'tag')} and ${counted(manifestCount, 'manifest')} are back.`;
    return {
      done: [counts, ...problems, 'Change the rules before the next run, or they go again.'].join(' '),
    };
  });
  revalidatePath(settingsHref(name));
  return state;
}

async function previewChange(target: RuleTarget, change: (policy: Policy) => Policy): Promise<FormState> {
  return attempt(async () => {
    const { own } = await done(rulesCall(target));
    const retention = change(own.retention ?? { rules: [] });
    const preview = await previewOf(target.name, retention);
    return { shown: <RetentionPreviewResult name={target.name} preview={preview} rules={retention.rules} /> };
  });
}

async function previewOf(name: string, retention: Policy): Promise<RetentionPreview> {
  const api = await registryApi();
  const params = { path: { name } };
  return done(api.POST('/api/v1/repositories/{name}/retention/preview', { params, body: { retention } }));
}

/** Without any rule there is no policy. */
async function changePolicy(
  target: RuleTarget,
  change: (policy: Policy) => Policy,
  sentence: string,
): Promise<FormState> {
  return changeRules(
    target,
    ({ retention }) => {
      const policy = change(retention ?? { rules: [] });
      const isEmpty = policy.rules.length === 0 && policy.untaggedAfter === undefined;
      return { retention: isEmpty ? null : policy };
    },
    sentence,
  );
}

function ruleOf(form: FormData, id: string): ReadRule {
  const field = (name: string) => textOf(form, `${name}-${id}`);
  return readRule({
    tags: field('tags'),
    keepLast: field('keepLast'),
    order: field('order'),
    keepNewerThan: field('keepNewerThan'),
    keepPulledWithin: field('keepPulledWithin'),
  });
}
