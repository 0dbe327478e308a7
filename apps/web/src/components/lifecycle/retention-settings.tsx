import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import type { Lifecycle } from '@/lib/registry-api/types';
import { namespaceHref } from '@/lib/repository/links';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';
import { changeUntagged } from './retention-actions';
import { RetentionRuleList } from './retention-rule-list';
import { RetentionRuns } from './retention-runs';

type Policy = NonNullable<Lifecycle['retention']>;

/** What of a repository, or of each in a namespace, is kept. */
export function RetentionSettings({
  target,
  own,
  ofNamespace,
}: {
  target: RuleTarget;
  own: Lifecycle['retention'];
  ofNamespace?: Lifecycle['retention'];
}) {
  const isRepository = target.kind === 'repository';
  const policy = own ?? ofNamespace;
  return (
    <Panel title="Retention">
      <p className="mb-3 text-[13.5px] text-ink-2">
        Every night what no rule keeps goes into trash: tags, and images with their last tag. A tag belongs to
        the first rule that matches it. Tags that no rule matches stay, and so does all that a kept image
        needs.
      </p>
      {isRepository && ofNamespace && (
        <OfNamespace hasOwn={own !== null} name={target.name} policy={ofNamespace} />
      )}
      <RetentionRuleList policy={own ?? { rules: [] }} target={target} />
      <ActionForm
        action={changeUntagged.bind(null, target)}
        className="mt-4 grid gap-3 sm:grid-cols-[1fr_auto] sm:items-end"
      >
        <Field
          autoComplete="off"
          className="field font-mono text-md"
          defaultValue={own?.untaggedAfter}
          hint="Counted from when their last tag went. Empty: they stay."
          label="Images without a tag go after"
          name="untaggedAfter"
          placeholder="14d"
          spellCheck={false}
        />
        <span className="sm:mb-[23px]">
          <SubmitButton kind="plain">Save</SubmitButton>
        </span>
      </ActionForm>
      {isRepository && policy && <RetentionRuns name={target.name} />}
    </Panel>
  );
}

/** The namespace's rules, which hold as long as the repository has none of its own. */
function OfNamespace({ name, policy, hasOwn }: { name: string; policy: Policy; hasOwn: boolean }) {
  const namespace = name.includes('/') ? name.slice(0, name.indexOf('/')) : 'library';
  const link = <Link href={`${namespaceHref(namespace)}/-/settings`}>{namespace}</Link>;
  if (hasOwn)
    return (
      <p className="mb-3 text-[13.5px]">These take the place of the rules of {link}, which has some too.</p>
    );
  return (
    <div className="mb-3 text-[13.5px]">
      <p className="mb-2">
        The rules of {link} hold here. A rule that is added here takes their place for this repository.
      </p>
      <RetentionRuleList isReadOnly policy={policy} target={{ kind: 'namespace', name: namespace }} />
      {policy.untaggedAfter && (
        <p className="mt-2">
          Images without a tag go after <code>{policy.untaggedAfter}</code>.
        </p>
      )}
    </div>
  );
}
