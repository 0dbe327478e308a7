import { restoreMove } from '@/app/r/[...path]/tag-actions';
import { shortDigest } from '@/lib/format/digest';
import type { TagMove } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';

/** Points the tag again at what it was taken from, where that can be done; once done, it says so. */
export function RestoreButton({ name, move }: { name: string; move: TagMove }) {
  const target = move.from ?? move.to;
  return (
    <ActionForm
      action={restoreMove.bind(null, name, move.id)}
      className="grid grid-cols-1 justify-items-start gap-2"
    >
      {move.isRestorable && (
        <SubmitButton isSmall kind="plain" title={target ?? undefined}>
          Restore
          <span className="sr-only">
            {' '}
            {move.tag} to {target ? shortDigest(target) : 'nothing'}
          </span>
        </SubmitButton>
      )}
    </ActionForm>
  );
}
