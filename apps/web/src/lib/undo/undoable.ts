/** What somebody has just deleted, and how to bring it back. */
export interface Undoable {
  readonly what: 'tags' | 'manifest' | 'repository' | 'namespace';
  /** The repository it was in, or what was deleted itself. */
  readonly name: string;
  /** Of tags the moves of their history; otherwise the entry in the trash. */
  readonly ids: readonly string[];
  /** What has been deleted, for the person who did it. */
  readonly sentence: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Afterwards there are the activity of a repository, and trash. */
export const UNDO_SECONDS = 10;

const kinds: readonly string[] = ['tags', 'manifest', 'repository', 'namespace'];

/** Reads what `JSON.stringify` has made of one; undefined for anything else, and for what is over. */
export function readUndoable(text: string | undefined, now: number): Undoable | undefined {
  const read = parse(text);
  if (!isUndoable(read) || read.until <= now) return undefined;
  return read;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function isUndoable(read: unknown): read is Undoable {
  if (typeof read !== 'object' || read === null) return false;
  const { what, name, ids, sentence, until } = read as Record<string, unknown>;
  return (
    typeof what === 'string' &&
    kinds.includes(what) &&
    typeof name === 'string' &&
    typeof sentence === 'string' &&
    typeof until === 'number' &&
    Array.isArray(ids) &&
    ids.every((id) => typeof id === 'string')
  );
}
