import type { ReactNode } from 'react';
import { exactBytes } from '@/lib/format/read-bytes';
import type { FormAction } from '@/lib/forms/form-state';
import type { Usage } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { Field } from '../form/field';
import { SubmitButton } from '../form/submit-button';

/** Sets what an owner may have, and takes it away. */
export function QuotaForm({
  action,
  usage: { maxBytes, maxRepositories },
  children,
}: {
  action: FormAction;
  usage: Usage;
  /** What stands beside the buttons. */
  children?: ReactNode;
}) {
  return (
    <ActionForm action={action} className="grid gap-3 sm:grid-cols-2">
      <Field
        autoComplete="off"
        defaultValue={maxBytes === null ? undefined : exactBytes(maxBytes)}
        hint="As 500 MB, 10 GB or 2 TiB. Empty: no limit."
        key={`bytes ${maxBytes}`}
        label="Bytes of blobs"
        name="bytes"
        placeholder="no limit"
        spellCheck={false}
      />
      <Field
        autoComplete="off"
        defaultValue={maxRepositories ?? undefined}
        hint="A whole number. Empty: no limit."
        inputMode="numeric"
        key={`repositories ${maxRepositories}`}
        label="Repositories"
        name="repositories"
        placeholder="no limit"
      />
      <div className="col-span-full flex flex-wrap gap-2">
        <SubmitButton name="do" value="set">
          Set the quota
        </SubmitButton>
        {(maxBytes !== null || maxRepositories !== null) && (
          <SubmitButton kind="danger" name="do" value="remove">
            Remove the quota
          </SubmitButton>
        )}
        {children}
      </div>
    </ActionForm>
  );
}
