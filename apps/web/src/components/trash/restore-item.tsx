'use client';

import { useActionState, useId } from 'react';
import { restoreItem, type Trashed } from '@/app/trash/actions';
import { SubmitButton } from '../form/submit-button';

/** Restores a repository or namespace; asks for another name where its own is taken again. */
export function RestoreItem({ item }: { item: Trashed }) {
  const [state, act] = useActionState(restoreItem.bind(null, item), {});
  const id = useId();
  return (
    <form action={act} className="grid grid-cols-1 justify-items-start gap-2">
      {state.problem && (
        <p className="max-w-[240px] text-md text-bad" id={id} role="alert">
          {state.problem}
        </p>
      )}
      {state.isNameTaken && (
        <input
          aria-describedby={id}
          aria-label={`New name of ${item.name}`}
          autoCapitalize="none"
          autoComplete="off"
          className="field w-[220px] font-mono text-md"
          defaultValue={`${item.name}-restored`}
          name="newName"
          required
          spellCheck={false}
        />
      )}
      <SubmitButton isSmall kind="plain">
        Restore<span className="sr-only"> {item.name}</span>
      </SubmitButton>
    </form>
  );
}
