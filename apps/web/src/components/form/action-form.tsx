'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { Notice } from '../notice/notice';
import { keepRefused } from './keep-refused';

/** A form that its action answers with one sentence. What was typed stays until the action has succeeded in
 * changing something. */
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
      data-refused={(state.problem ?? state.shown) ? true : undefined}
      onReset={keepRefused}
    >
      {(state.problem ?? state.done) && (
        <div className="col-span-full">
          {state.problem ? (
            <Notice tone="bad">{state.problem}</Notice>
          ) : (
            <Notice tone="good">{state.done}</Notice>
          )}
        </div>
      )}
      {children}
      {state.shown}
    </form>
  );
}
