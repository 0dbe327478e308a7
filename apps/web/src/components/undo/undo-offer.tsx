import { whoMayBeLooking } from '@/lib/registry-api/me';
import { undoOffer } from '@/lib/undo/undo-cookie';
import { UndoToasts } from './undo-toasts';

/** On every page: what its visitor has deleted in the last seconds can be undone, by nobody who comes after. */
export async function UndoOffer() {
  const [undoable, me] = await Promise.all([undoOffer(), whoMayBeLooking()]);
  return (
    <UndoToasts
      key={me?.username ?? ''}
      remainingMs={undoable ? undoable.until - Date.now() : 0}
      undoable={undoable}
    />
  );
}
