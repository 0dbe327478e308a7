'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { Notice } from '../notice/notice';

/** A form that its action answers with one sentence. What was typed stays until the action has succeeded. */
export function ActionForm({
  action,
  className,
  children,
}: {
  action: FormAction;
  className?: string;
  children: ReactNode;
}) {
  const [state, act] = useActionState(action, {});
  return (
    <form
      action={act}
      className={className ?? 'flex flex-col gap-4'}
      onReset={(event) => {
        // React empties a form after every action, a refused one too.
        event.preventDefault();
      }}
    >
      {state.problem && <Notice tone="bad">{state.problem}</Notice>}
      {state.done && <Notice tone="good">{state.done}</Notice>}
      {children}
    </form>
  );
}
