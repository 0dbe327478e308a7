/** A tag that has just been deleted, and the move that brings it back. */
export interface DeletedTag {
  readonly tag: string;
  readonly historyId: string;
  readonly isNeededByIndex: boolean;
}
