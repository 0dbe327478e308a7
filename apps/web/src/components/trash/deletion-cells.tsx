import { Time } from '../time/time';

/** Heads of `DeletionCells`. */
export function DeletionHeads() {
  return (
    <>
      <th scope="col">Deleted</th>
      <th scope="col">Gone for good</th>
      <th scope="col">
        <span className="sr-only">What can be done</span>
      </th>
    </>
  );
}

/** When something was deleted and by whom, and until when it can be restored. */
export function DeletionCells({
  deleted: { deletedAt, deletedBy, restorableUntil },
}: {
  deleted: { readonly deletedAt: string; readonly deletedBy: string; readonly restorableUntil: string };
}) {
  return (
    <>
      <td className="text-ink-2">
        <Time at={deletedAt} />
        <div className="text-sm text-ink-3">{deletedBy}</div>
      </td>
      <td className="text-ink-2">
        <Time at={restorableUntil} />
      </td>
    </>
  );
}
