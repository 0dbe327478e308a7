'use client';

import { type ReactNode, useActionState, useRef } from 'react';
import { deleteTags } from '@/app/r/[...path]/tag-actions';
import { Dialog } from '../dialog/dialog';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { SelectionBar } from '../table/selection-bar';
import { useSelection } from '../table/use-selection';
import { UndoToast } from './undo-toast';

export interface DeletableTag {
  readonly tag: string | null;
  readonly aliases: readonly string[];
}

/** A table of tags in which some can be ticked and deleted together, with a way back. */
export function TagDeletion({
  name,
  tags,
  children,
}: {
  name: string;
  tags: readonly DeletableTag[];
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { form, chosen, onChange, clear } = useSelection('tag');
  const [state, act] = useActionState(deleteTags.bind(null, name), {});

  const submit = (data: FormData) => {
    dialog.current?.close();
    clear();
    act(data);
  };

  return (
    <>
      <form action={submit} onChange={onChange} ref={form}>
        {state.problem && (
          <div className="mb-3">
            <Notice tone="bad">{state.problem}</Notice>
          </div>
        )}
        {children}
        <SelectionBar action="Delete…" count={chosen.length} onAct={() => dialog.current?.showModal()} />
        <Dialog
          confirm={
            <SubmitButton kind="danger">Delete {chosen.length === 1 ? 'the tag' : 'the tags'}</SubmitButton>
          }
          ref={dialog}
          title={chosen.length === 1 ? `Delete ${chosen[0]}?` : `Delete ${chosen.length} tags?`}
        >
          <DeletionSummary chosen={chosen} tags={tags} />
        </Dialog>
      </form>
      {state.deleted && <UndoToast deleted={state.deleted} key={state.deleted[0]?.historyId} name={name} />}
    </>
  );
}

/** Which tags stay on the digests, so that nobody deletes more, or less, than meant. */
export function DeletionSummary({
  tags,
  chosen,
}: {
  tags: readonly DeletableTag[];
  chosen: readonly string[];
}) {
  const affected = tags.filter(({ tag }) => tag !== null && chosen.includes(tag));
  return (
    <>
      <ul className="grid grid-cols-1 gap-1.5">
        {affected.map(({ tag, aliases }) => {
          const staying = aliases.filter((alias) => !chosen.includes(alias));
          return (
            <li key={tag}>
              <code className="font-semibold">{tag}</code>
              {staying.length > 0 ? (
                <>
                  {': the image keeps '}
                  <code>{staying.join(', ')}</code>
                </>
              ) : (
                ': its image is left without a tag'
              )}
            </li>
          );
        })}
      </ul>
      <p className="mt-3 text-ink-2">
        Pulls by these tags fail from then on. You can undo it for ten seconds here, and later from the
        activity page.
      </p>
    </>
  );
}
