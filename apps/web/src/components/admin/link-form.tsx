'use client';

import { type ReactNode, useActionState } from 'react';
import type { LinkAction } from '@/lib/admin/link-state';
import { CommandBox } from '../command/command-box';
import { keepRefused } from '../form/keep-refused';
import { Notice } from '../notice/notice';

/** A form that answers with a password link to hand over. */
export function LinkForm({
  action,
  className = 'flex flex-col gap-4 rounded-m border border-line bg-panel p-4',
  children,
}: {
  action: LinkAction;
  className?: string;
  children: ReactNode;
}) {
  const [state, act] = useActionState(action, {});
  if (state.link)
    return (
      <div
        className="rounded-m border border-accent-line bg-accent-soft px-4 py-3.5 whitespace-normal"
        role="status"
      >
        <h2 className="mb-2.5">A link for {state.link.username}. It is not shown again.</h2>
        <CommandBox isPrompt={false} isRaised text={state.link.url} what="link" />
        <p className="mt-2 text-md text-ink-2">
          Whoever has it sets the password, once: hand it over safely.
        </p>
      </div>
    );
  return (
    <form
      action={act}
      className={className}
      data-refused={state.problem ? true : undefined}
      onReset={keepRefused}
    >
      {state.problem && <Notice tone="bad">{state.problem}</Notice>}
      {state.done && <Notice tone="good">{state.done}</Notice>}
      {children}
    </form>
  );
}
