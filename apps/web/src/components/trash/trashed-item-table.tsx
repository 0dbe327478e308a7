import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import type { TrashedItem } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';
import { DataTable } from '../table/data-table';
import { DeletionCells, DeletionHeads } from './deletion-cells';
import { PurgeItem } from './purge-item';
import { RestoreItem } from './restore-item';

/** Repositories and namespaces that were deleted: by whom, until when they can be restored, how large they are. */
export function TrashedItemTable({ items }: { items: readonly TrashedItem[] }) {
  return (
    <DataTable label="Deleted repositories and namespaces">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th className="num" scope="col">
            Size
          </th>
          <DeletionHeads />
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ItemRow item={item} key={`${item.kind} ${item.id}`} />
        ))}
      </tbody>
    </DataTable>
  );
}

function ItemRow({ item }: { item: TrashedItem }) {
  const { kind, id, name } = item;
  return (
    <tr>
      <td className="min-w-[150px]">
        <span className="flex flex-wrap items-center gap-1.5">
          <b className="break-all">{name}</b>
          {kind === 'namespace' && <Chip>organization</Chip>}
        </span>
        <div className="text-sm text-ink-3">
          {kind === 'namespace'
            ? counted(item.repositoryCount, 'repository', 'repositories')
            : counted(item.tagCount, 'tag')}
        </div>
      </td>
      <td className="num">{formatBytes(item.sizeBytes)}</td>
      <DeletionCells deleted={item} />
      <td>
        <div className="flex flex-wrap justify-end gap-2 min-[860px]:flex-nowrap">
          <RestoreItem item={{ kind, id, name }} />
          <PurgeItem item={{ kind, id, name }} />
        </div>
      </td>
    </tr>
  );
}
