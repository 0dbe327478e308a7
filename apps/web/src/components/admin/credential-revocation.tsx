'use client';

import { type ReactNode, useActionState, useRef } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { Button } from '../button/button';
import { Dialog } from '../dialog/dialog';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { SelectionBar } from '../table/selection-bar';
import { useSelection } from '../table/use-selection';

/** A table of credentials in which some can be ticked and revoked together. */
export function CredentialRevocation({
  action,
  what,
  children,
}: {
  action: FormAction;
  what: string;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { form, chosen, onChange, clear } = useSelection('id');
  const [state, act] = useActionState(action, {});
  const submit = (data: FormData) => {
    dialog.current?.close();
    clear();
    act(data);
  };
  const count = `${chosen.length} ${what}${chosen.length === 1 ? '' : 's'}`;
  return (
    <form action={submit} onChange={onChange} ref={form}>
      <div className="mb-3 empty:hidden">
        {state.problem && <Notice tone="bad">{state.problem}</Notice>}
        {state.done && <Notice tone="good">{state.done}</Notice>}
      </div>
      {children}
      <SelectionBar count={chosen.length}>
        <Button kind="danger" onClick={() => dialog.current?.showModal()}>
          Revoke…
        </Button>
      </SelectionBar>
      <Dialog
        confirm={<SubmitButton kind="danger">Revoke</SubmitButton>}
        ref={dialog}
        title={`Revoke ${count}?`}
      >
        <p>What signs in with {chosen.length === 1 ? 'it' : 'them'} is refused from then on, for good.</p>
      </Dialog>
    </form>
  );
}
