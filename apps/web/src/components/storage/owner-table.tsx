import { formatBytes } from '@/lib/format/bytes';
import type { StorageOwner } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';
import { Link } from '../link/link';
import { DataTable } from '../table/data-table';

/** Those whose going would free most. */
export function OwnerTable({
  label,
  owners,
  hrefOf,
}: {
  label: string;
  owners: readonly StorageOwner[];
  hrefOf: (name: string) => string;
}) {
  const most = Math.max(...owners.map(({ exclusiveBytes }) => exclusiveBytes), 1);
  return (
    <DataTable above={<h2>{label}</h2>} label={label}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th className="num" scope="col">
            Alone
          </th>
          <th className="num" scope="col">
            Shared
          </th>
          <th scope="col">
            <span className="sr-only">Compared with the largest</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {owners.map(({ name, exclusiveBytes, sharedBytes, isInTrash }) => (
          <tr key={`${name} ${isInTrash}`}>
            <td className="min-w-[140px]">
              {isInTrash ? (
                <>
                  {name} <Chip tone="warn">in trash</Chip>
                </>
              ) : (
                <Link href={hrefOf(name)} prefetch={false}>
                  {name}
                </Link>
              )}
            </td>
            <td className="num whitespace-nowrap">{formatBytes(exclusiveBytes)}</td>
            <td className="num whitespace-nowrap text-ink-2">{formatBytes(sharedBytes)}</td>
            <td className="w-[30%] min-w-[90px]">
              <progress
                aria-label={`What ${name} has alone`}
                className="progress"
                max={most}
                value={exclusiveBytes}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
