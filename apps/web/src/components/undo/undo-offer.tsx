import { undoOffer } from '@/lib/undo/undo-cookie';
import { UndoToasts } from './undo-toasts';

/** On every page: what its visitor has deleted in the last seconds can be undone. */
export async function UndoOffer() {
  const undoable = await undoOffer();
  return <UndoToasts remainingMs={undoable ? undoable.until - Date.now() : 0} undoable={undoable} />;
}
