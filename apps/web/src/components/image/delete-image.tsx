'use client';

import { useActionState, useRef } from 'react';
import { deleteManifest, deleteTagAndLeave } from '@/app/r/[...path]/tag-actions';
import type { ImmutableBy } from '@/lib/registry-api/types';
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
  immutableBy,
}: {
  name: string;
  tag?: string;
  digest: string;
  aliases: readonly string[];
  immutableBy: ImmutableBy | null;
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
        confirm={
          !immutableBy && (
            <SubmitButton kind="danger">{tag ? 'Delete the tag' : 'Delete the manifest'}</SubmitButton>
          )
        }
        ref={dialog}
        title={titleOf(tag, immutableBy)}
      >
        {immutableBy ? (
          <WhyItStays by={immutableBy} />
        ) : tag ? (
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

function titleOf(tag: string | undefined, immutableBy: ImmutableBy | null): string {
  if (immutableBy) return `${tag ?? 'This manifest'} cannot be deleted`;
  return tag ? `Delete ${tag}?` : 'Delete this manifest?';
}

function WhyItStays({ by }: { by: ImmutableBy }) {
  return (
    <p>
      The tag <code className="font-semibold">{by.tag}</code> is immutable by <code>{by.pattern}</code>, a
      rule of the {by.of}. Who may change the rules finds them in the settings of the {by.of}.
    </p>
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
