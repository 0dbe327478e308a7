'use client';

import { type ReactNode, useActionState, useRef } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { Button } from '../button/button';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { Dialog } from './dialog';

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({
  label,
  of,
  title,
  confirm,
  action,
  children,
}: {
  label: string;
  /** What it is about, for who does not see the row. */
  of?: string;
  title: string;
  confirm: string;
  action: FormAction;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, act] = useActionState(action, {});
  return (
    <form action={act} className="inline">
      <Button isSmall kind="danger" onClick={() => dialog.current?.showModal()}>
        {label}
        {of && <span className="sr-only"> {of}</span>}
      </Button>
      <Dialog confirm={<SubmitButton kind="danger">{confirm}</SubmitButton>} ref={dialog} title={title}>
        <div className="whitespace-normal">{children}</div>
        {state.problem && (
          <div className="mt-3">
            <Notice tone="bad">{state.problem}</Notice>
          </div>
        )}
      </Dialog>
    </form>
  );
}
