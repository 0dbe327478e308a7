'use client';

import { useActionState, useEffect, useState } from 'react';
import { restoreTags } from '@/app/r/[...path]/tag-actions';
import type { DeletedTag } from '@/lib/tags/deleted-tag';
import { SubmitButton } from '../form/submit-button';

/** Deletions stay undoable by the activity page afterwards. */
const UNDO_MILLISECONDS = 10_000;

/** Says what has been deleted and offers to undo it, for ten seconds unless one is about to. */
export function UndoToast({ name, deleted }: { name: string; deleted: readonly DeletedTag[] }) {
  const [state, act, isPending] = useActionState(restoreTags.bind(null, name), {});
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), UNDO_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  if (isOver && !isPending && !state.problem) return null;
  return (
    <form
      action={act}
      className="fixed bottom-5 left-1/2 z-30 flex w-max max-w-[calc(100vw-32px)] -translate-x-1/2 items-center gap-4 rounded-m border border-line-strong bg-panel px-4 py-3 shadow-lg"
    >
      <span role="status">{state.problem ?? state.done ?? sentenceOf(deleted)}</span>
      {!state.done && !state.problem && (
        <SubmitButton
          autoFocus
          className="shrink-0"
          isSmall
          kind="plain"
          name="historyId"
          value={deleted.map(({ historyId }) => historyId).join(',')}
        >
          Undo
        </SubmitButton>
      )}
    </form>
  );
}

function sentenceOf(deleted: readonly DeletedTag[]): string {
  const what = deleted.length === 1 ? `Deleted ${deleted[0]?.tag}.` : `Deleted ${deleted.length} tags.`;
  return deleted.some(({ isNeededByIndex }) => isNeededByIndex)
    ? `${what} An index still contains the image, which stays.`
    : what;
}
