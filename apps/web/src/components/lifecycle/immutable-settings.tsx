import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import type { PatternCoverage } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';
import { Panel } from '../panel/panel';
import { addImmutableTags } from './lifecycle-actions';
import { PatternTable } from './pattern-table';

/** Tags that are set once; in a repository with what the patterns cover now. */
export function ImmutableSettings({
  target,
  patterns,
  coverage,
}: {
  target: RuleTarget;
  patterns: readonly string[];
  coverage?: readonly PatternCoverage[];
}) {
  const shown = coverage ?? patterns.map((pattern) => ({ pattern, of: target.kind }));
  return (
    <Panel title="Immutable tags">
      <p className="mb-3 text-[13.5px] text-ink-2">
        A tag that one of these patterns matches is set once: no push moves it to another digest, and neither
        people nor rules delete it.{target.kind === 'namespace' && ' They hold in all repositories here.'}
      </p>
      {shown.length > 0 ? (
        <PatternTable patterns={shown} target={target} />
      ) : (
        <p className="text-[13.5px] text-ink-3">No tag is immutable.</p>
      )}
      <ActionForm
        action={addImmutableTags.bind(null, target)}
        className="mt-4 grid gap-3 sm:grid-cols-[1fr_auto] sm:items-end"
      >
        <Field
          autoCapitalize="none"
          autoComplete="off"
          className="field font-mono text-md"
          label="Patterns to add"
          name="patterns"
          placeholder="v* !v0.*"
          required
          spellCheck={false}
        />
        <SubmitButton>Add</SubmitButton>
      </ActionForm>
      <p className="mt-1 text-sm text-ink-2">
        <code>*</code> stands for any characters, <code>?</code> for one. <code>!</code> takes out what others
        match.
      </p>
    </Panel>
  );
}
