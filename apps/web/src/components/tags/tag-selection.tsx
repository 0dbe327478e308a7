'use client';

import { type ReactNode, useActionState, useRef } from 'react';
import { deleteTags } from '@/app/r/[...path]/tag-actions';
import { compareHref, repositoryHref } from '@/lib/repository/links';
import { Button } from '../button/button';
import { LinkButton } from '../button/link-button';
import { Dialog } from '../dialog/dialog';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { SelectionBar } from '../table/selection-bar';
import { useSelection } from '../table/use-selection';
import { type DeletableTag, DeletionSummary } from './deletion-summary';

interface SelectableTag extends DeletableTag {
  readonly pushedAt: string;
}

/** A table of tags in which two can be ticked and compared, or some deleted together, with a way back. */
export function TagSelection({
  name,
  tags,
  mayDelete,
  children,
}: {
  name: string;
  tags: readonly SelectableTag[];
  mayDelete: boolean;
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
    <form action={submit} onChange={onChange} ref={form}>
      {state.problem && (
        <div className="mb-3">
          <Notice tone="bad">{state.problem}</Notice>
        </div>
      )}
      {children}
      <SelectionBar count={chosen.length}>
        {chosen.length === 2 && <LinkButton href={comparisonHref(name, tags, chosen)}>Compare</LinkButton>}
        {mayDelete && (
          <Button kind="danger" onClick={() => dialog.current?.showModal()}>
            Delete…
          </Button>
        )}
      </SelectionBar>
      <noscript>
        <Button
          className="mt-3"
          formAction={`${repositoryHref(name)}/-/compare`}
          formMethod="get"
          type="submit"
        >
          Compare the two that are ticked
        </Button>
      </noscript>
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
  );
}

/** From what was pushed first to what was pushed last. */
function comparisonHref(name: string, tags: readonly SelectableTag[], chosen: readonly string[]): string {
  const [a = '', b = ''] = tags
    .filter(({ tag }) => tag !== null && chosen.includes(tag))
    .sort((one, other) => one.pushedAt.localeCompare(other.pushedAt))
    .map(({ tag }) => tag ?? '');
  return compareHref(name, a, b);
}
