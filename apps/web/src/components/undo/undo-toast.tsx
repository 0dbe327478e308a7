'use client';

import { useActionState, useEffect, useId, useState } from 'react';
import { undo } from '@/lib/undo/undo-actions';
import type { Undoable } from '@/lib/undo/undoable';
import { SubmitButton } from '../form/submit-button';

/** How long one can read that it is back. */
const DONE_MS = 8_000;

/** Says what has been deleted and offers to undo it, until its time is over unless one is about to. */
export function UndoToast({ undoable, remainingMs }: { undoable: Undoable; remainingMs: number }) {
  const [state, act, isPending] = useActionState(undo.bind(null, undoable), {});
  const [over, setOver] = useState<object>();
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setOver(state), state.done ? DONE_MS : remainingMs);
    return () => clearTimeout(timer);
  }, [state, remainingMs]);
  if (over === state && !isPending && !state.problem) return null;
  return (
    <section
      aria-label="Undo"
      className="fixed bottom-5 left-1/2 z-30 w-max max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-m border border-line-strong bg-panel px-4 py-3 shadow-lg"
    >
      <form action={act} className="flex items-center gap-4">
        <span className="min-w-0 break-words" id={id} role="status">
          {state.problem ?? state.done ?? undoable.sentence}
        </span>
        {!state.done && !state.problem && (
          <SubmitButton aria-describedby={id} autoFocus className="shrink-0" isSmall kind="plain">
            Undo
          </SubmitButton>
        )}
      </form>
    </section>
  );
}
