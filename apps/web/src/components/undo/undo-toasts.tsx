'use client';

import { useState } from 'react';
import type { Undoable } from '@/lib/undo/undoable';
import { UndoToast } from './undo-toast';

/** Holds the last offer while pages change below it. */
export function UndoToasts({ undoable, remainingMs }: { undoable?: Undoable; remainingMs: number }) {
  const [held, setHeld] = useState(undoable && { undoable, remainingMs });
  if (undoable && undoable.until !== held?.undoable.until) setHeld({ undoable, remainingMs });
  return held ? <UndoToast key={held.undoable.until} {...held} /> : null;
}
