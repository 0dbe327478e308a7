import type { FormAction } from '@/lib/forms/form-state';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';

/** Previews a collection, or lets it run; both take the same grace period. */
export function CollectionForm({ order, graceHours }: { order: FormAction; graceHours: number }) {
  return (
    <ActionForm action={order} className="flex flex-wrap items-end gap-3">
      <div className="w-[220px]">
        <Field
          defaultValue={String(graceHours)}
          hint="What was touched since then stays."
          inputMode="decimal"
          label="Grace period in hours"
          name="graceHours"
          required
        />
      </div>
      <div className="mb-6 flex gap-2">
        <SubmitButton kind="plain" name="what" value="preview">
          Preview
        </SubmitButton>
        <SubmitButton name="what" value="run">
          Collect now
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
