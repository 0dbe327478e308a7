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
  indexes,
  isIndex,
}: {
  name: string;
  tag?: string;
  digest: string;
  aliases: readonly string[];
  immutableBy: ImmutableBy | null;
  /** Digests of indexes that list it. */
  indexes: readonly string[];
  isIndex: boolean;
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
          !immutableBy &&
          (tag !== undefined || indexes.length === 0) && (
            <SubmitButton kind="danger">{tag ? 'Delete the tag' : 'Delete the manifest'}</SubmitButton>
          )
        }
        dismiss={immutableBy ? 'Close' : undefined}
        ref={dialog}
        title={titleOf(tag, immutableBy)}
      >
        {immutableBy ? (
          <WhyItStays by={immutableBy} />
        ) : tag ? (
          <DeletionSummary chosen={[tag]} tags={[{ tag, aliases, isNeededByIndex: indexes.length > 0 }]} />
        ) : (
          <ManifestSummary aliases={aliases} indexes={indexes} isIndex={isIndex} />
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

function ManifestSummary({
  aliases,
  indexes,
  isIndex,
}: {
  aliases: readonly string[];
  indexes: readonly string[];
  isIndex: boolean;
}) {
  if (indexes.length > 0) {
    return (
      <p className="text-warn">
        An index needs it, so it stays until that is deleted:{' '}
        <code className="break-all">{indexes.join(', ')}</code>
      </p>
    );
  }
  return (
    <>
      <p>
        {aliases.length > 0 && (
          <>
            With it go its tags: <code>{aliases.join(', ')}</code>.{' '}
          </>
        )}
        {isIndex && 'The images it lists go too, unless a tag or another index holds them. '}
        Signatures, SBOMs and whatever else is attached goes with it.
      </p>
      <p className="mt-3 text-ink-2">
        Pulls by this digest fail from then on. You can undo it for ten seconds, and later from the trash of
        the repository.
      </p>
    </>
  );
}
