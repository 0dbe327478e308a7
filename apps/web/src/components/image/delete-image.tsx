'use client';

import { useActionState, useRef } from 'react';
import { deleteManifest, deleteTagAndLeave } from '@/app/r/[...path]/tag-actions';
import { Button } from '../button/button';
import { Dialog } from '../dialog/dialog';
import { SubmitButton } from '../form/submit-button';
import { Notice } from '../notice/notice';
import { DeletionSummary } from '../tags/deletion-summary';

/** Deletes the tag one looks at; where one came by a digest, the manifest. */
export function DeleteImage({
  name,
  tag,
  digest,
  aliases,
}: {
  name: string;
  tag?: string;
  digest: string;
  aliases: readonly string[];
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, act] = useActionState(
    tag ? deleteTagAndLeave.bind(null, name, tag) : deleteManifest.bind(null, name, digest),
    {},
  );
  return (
    <form action={act}>
      <Button kind="danger" onClick={() => dialog.current?.showModal()}>
        Delete…
      </Button>
      <Dialog
        confirm={<SubmitButton kind="danger">{tag ? 'Delete the tag' : 'Delete the manifest'}</SubmitButton>}
        ref={dialog}
        title={tag ? `Delete ${tag}?` : 'Delete this manifest?'}
      >
        {tag ? (
          <DeletionSummary chosen={[tag]} tags={[{ tag, aliases }]} />
        ) : (
          <ManifestSummary aliases={aliases} />
        )}
        {state.problem && (
          <div className="mt-3">
            <Notice tone="bad">{state.problem}</Notice>
          </div>
        )}
      </Dialog>
    </form>
  );
}

function ManifestSummary({ aliases }: { aliases: readonly string[] }) {
  return (
    <p>
      {aliases.length > 0 && (
        <>
          With it go its tags: <code>{aliases.join(', ')}</code>.{' '}
        </>
      )}
      Pulls by this digest fail from then on. An image that an index contains is refused.
    </p>
  );
}
