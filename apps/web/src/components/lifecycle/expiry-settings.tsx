import { counted } from '@/lib/format/count';
import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import type { Lifecycle, PatternCoverage } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Panel } from '../panel/panel';
import { changeExpiry } from './lifecycle-actions';

/** Tags that end by themselves, so long after their last push. */
export function ExpirySettings({
  target,
  expiry,
  ofNamespace,
  coverage = [],
}: {
  target: RuleTarget;
  expiry: Lifecycle['expiry'];
  ofNamespace?: Lifecycle['expiry'];
  coverage?: readonly PatternCoverage[];
}) {
  const covered = (whose: RuleTarget['kind']) =>
    coverage
      .filter(({ of, pattern }) => of === whose && !pattern.startsWith('!'))
      .map(({ pattern, tagCount }) => `${pattern} ${counted(tagCount, 'tag')} now`)
      .join(', ');
  return (
    <Panel title="Tags that end by themselves">
      <p className="mb-3 text-[13.5px] text-ink-2">
        So long after its last push such a tag goes into trash, and with the last one its image. Good for what
        CI makes for a while. An image can say it itself, too, by the label{' '}
        <code className="whitespace-nowrap">berth.expires-after=2h</code>.
      </p>
      {ofNamespace && (
        <p className="mb-3 text-[13.5px]">
          The namespace lets <code>{ofNamespace.tags.join(' ')}</code> end after{' '}
          <code>{ofNamespace.after}</code>: {covered('namespace')}.
        </p>
      )}
      <ActionForm
        action={changeExpiry.bind(null, target)}
        className="grid gap-3 sm:grid-cols-[1fr_110px_auto] sm:items-end"
      >
        <Field
          autoCapitalize="none"
          autoComplete="off"
          className="field font-mono text-md"
          defaultValue={expiry?.tags.join(' ')}
          label="Tags"
          name="expiringTags"
          placeholder="pr-* nightly-*"
          spellCheck={false}
        />
        <Field
          autoComplete="off"
          className="field font-mono text-md"
          defaultValue={expiry?.after}
          label="End after"
          name="after"
          placeholder="7d"
          spellCheck={false}
        />
        <span className="flex gap-2">
          <SubmitButton>Save</SubmitButton>
          {expiry && (
            <SubmitButton kind="danger" name="do" value="off">
              Switch off
            </SubmitButton>
          )}
        </span>
      </ActionForm>
      {expiry && coverage.length > 0 && <p className="mt-2 text-sm text-ink-2">{covered('repository')}.</p>}
    </Panel>
  );
}
