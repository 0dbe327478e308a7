import type { FormAction } from '@/lib/forms/form-state';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';

/** A button that brings one row back. */
export function RestoreRow({ action, of }: { action: FormAction; of: string }) {
  return (
    <ActionForm action={action} className="grid grid-cols-1 justify-items-start gap-2">
      <SubmitButton isSmall kind="plain">
        Restore<span className="sr-only"> {of}</span>
      </SubmitButton>
    </ActionForm>
  );
}
