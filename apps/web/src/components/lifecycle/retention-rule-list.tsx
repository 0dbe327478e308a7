import { keptByRule } from '@/lib/lifecycle/retention-form';
import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import type { Lifecycle, RetentionRule } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { addRule, changeRule } from './retention-actions';
import { RetentionRuleFields } from './retention-rule-fields';

/** Rules in their order, each told in words and opened to be changed; at the end one to be added. */
export function RetentionRuleList({
  target,
  policy: { rules },
  isReadOnly = false,
}: {
  target: RuleTarget;
  policy: NonNullable<Lifecycle['retention']>;
  isReadOnly?: boolean;
}) {
  const isTried = target.kind === 'repository';
  return (
    <div className="rounded-m border border-line">
      {rules.length === 0 && isReadOnly && <p className="px-4 py-2.5 text-ink-3">No rule for tags.</p>}
      {rules.map((rule, index) =>
        isReadOnly ? (
          <p className={row} key={JSON.stringify(rule)}>
            <RuleInWords rule={rule} />
          </p>
        ) : (
          <details className="border-b border-line" key={JSON.stringify(rule)}>
            <summary className="px-4 py-2.5 text-[13.5px]">
              <RuleInWords rule={rule} />
            </summary>
            <ActionForm action={changeRule.bind(null, target, index, rule)} className={form}>
              <RetentionRuleFields id={String(index)} rule={rule} />
              <div className="flex flex-wrap gap-2">
                <SubmitButton name="do" value="save">
                  Save
                </SubmitButton>
                {isTried && <Preview />}
                {index > 0 && (
                  <SubmitButton kind="plain" name="do" value="up">
                    Move up
                  </SubmitButton>
                )}
                <SubmitButton kind="danger" name="do" value="remove">
                  Remove
                </SubmitButton>
              </div>
            </ActionForm>
          </details>
        ),
      )}
      {!isReadOnly && (
        <details>
          <summary className="px-4 py-2.5 text-[13.5px] font-semibold">Add a rule</summary>
          <ActionForm action={addRule.bind(null, target)} className={form}>
            <RetentionRuleFields id="new" />
            <div className="flex flex-wrap gap-2">
              <SubmitButton name="do" value="save">
                Add the rule
              </SubmitButton>
              {isTried && <Preview />}
            </div>
          </ActionForm>
        </details>
      )}
    </div>
  );
}

const row = 'border-b border-line px-4 py-2.5 text-[13.5px] last:border-b-0';
const form = 'flex flex-col gap-3 px-4 pt-1 pb-4';

function Preview() {
  return (
    <SubmitButton kind="plain" name="do" value="preview">
      Preview with this
    </SubmitButton>
  );
}

function RuleInWords({ rule }: { rule: RetentionRule }) {
  return (
    <>
      <code className="font-semibold">{rule.tags.join(' ')}</code> keeps {keptByRule(rule)}
    </>
  );
}
