'use client';

import { type ReactNode, useActionState } from 'react';
import type { SecretAction } from '@/lib/access-tokens/secret-state';
import { keepRefused } from '../form/keep-refused';
import { Notice } from '../notice/notice';
import { SecretOnce } from './secret-once';

/** A form that makes a secret; the secret takes its place. */
export function SecretForm({
  action,
  host,
  children,
}: {
  action: SecretAction;
  host: string;
  children: ReactNode;
}) {
  const [state, act] = useActionState(action, {});
  if (state.made) return <SecretOnce host={host} made={state.made} />;
  return (
    <form
      action={act}
      className="flex flex-col gap-4 rounded-m border border-line bg-panel p-4"
      data-refused={state.problem ? true : undefined}
      onReset={keepRefused}
    >
      {state.problem && <Notice tone="bad">{state.problem}</Notice>}
      {children}
    </form>
  );
}
