'use client';

import { useActionState, useRef } from 'react';
import { purgeItem, type Trashed } from '@/app/trash/actions';
import { Button } from '../button/button';
import { Dialog } from '../dialog/dialog';
import { TypedName } from '../form/typed-name';
import { Notice } from '../notice/notice';

/** Removes a repository or namespace for good, which cannot be undone: its name has to be typed. */
export function PurgeItem({ item }: { item: Trashed }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, act] = useActionState(purgeItem.bind(null, item), {});
  return (
    <form action={act} className="inline">
      <Button isSmall kind="danger" onClick={() => dialog.current?.showModal()}>
        Delete for good…<span className="sr-only"> {item.name}</span>
      </Button>
      <Dialog ref={dialog} title={`Delete ${item.name} for good?`}>
        <div className="mb-4 whitespace-normal">
          {item.kind === 'namespace'
            ? 'Its repositories, members, teams and robots are gone then, and nobody can bring them back. Its name stays taken.'
            : 'Its images, tags and history are gone then, and nobody can bring them back.'}{' '}
          What nothing else needs of its space is freed by the next collection.
        </div>
        {state.problem && (
          <div className="mb-4">
            <Notice tone="bad">{state.problem}</Notice>
          </div>
        )}
        <TypedName button="Delete for good" name={item.name} what="that it is meant" />
      </Dialog>
    </form>
  );
}
