import { restoreDeletedTag } from '@/app/r/[...path]/trash-actions';
import { shortDigest } from '@/lib/format/digest';
import type { TagMove } from '@/lib/registry-api/types';
import { activityHref, manifestHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { RestoreRow } from './restore-row';

/** Tags that were deleted and whose images are still here: they come back to where they were. */
export function DeletedTagTable({ name, moves }: { name: string; moves: readonly TagMove[] }) {
  return (
    <DataTable label="Deleted tags">
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col">Image, which is still here</th>
          <th scope="col">Deleted</th>
          <th scope="col">
            <span className="sr-only">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {moves.map(({ id, tag, from, movedAt, movedBy }) => (
          <tr key={id}>
            <td className="min-w-[110px]">
              <Link className="font-mono text-md font-bold break-all" href={activityHref(name, tag)}>
                {tag}
              </Link>
            </td>
            <td className="whitespace-nowrap">
              {from && (
                <Link className="text-ink-2" href={manifestHref(name, from)} title={from}>
                  <code>{shortDigest(from)}</code>
                </Link>
              )}
            </td>
            <td className="text-ink-2">
              <Time at={movedAt} />
              <div className="text-sm text-ink-3">{movedBy}</div>
            </td>
            <td>
              <div className="flex justify-end">
                <RestoreRow action={restoreDeletedTag.bind(null, name, id)} of={tag} />
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
