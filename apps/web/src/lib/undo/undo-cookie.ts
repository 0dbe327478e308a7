import 'server-only';
import { cookies } from 'next/headers';
import { publicUrl } from '../env';
import { readUndoable, UNDO_SECONDS, type Undoable } from './undoable';

const COOKIE = 'berth_undo';

/** Lets every page offer to undo it for a while, whichever one goes to. */
export async function offerUndo(deleted: Omit<Undoable, 'until'>): Promise<void> {
  const undoable: Undoable = { ...deleted, until: Date.now() + UNDO_SECONDS * 1000 };
  (await cookies()).set(COOKIE, JSON.stringify(undoable), {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.protocol === 'https:',
    path: '/',
    maxAge: UNDO_SECONDS,
  });
}

export async function undoOffer(): Promise<Undoable | undefined> {
  return readUndoable((await cookies()).get(COOKIE)?.value, Date.now());
}

export async function withdrawUndo(): Promise<void> {
  (await cookies()).delete(COOKIE);
}
