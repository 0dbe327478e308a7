import type { Comparison } from '@/lib/registry-api/types';
import { DataTable } from '../table/data-table';

/** Values that differ, before and after. */
export function ChangeTable({ title, changes }: { title: string; changes: Comparison['env'] }) {
  return (
    <section>
      <h2 className="mb-2.5">{title}</h2>
      {changes.length === 0 ? (
        <p className="text-md text-ink-2">No difference.</p>
      ) : (
        <DataTable label={title}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ key, a, b }) => (
              <tr key={key}>
                <th className="align-top font-mono! text-[12px] break-all whitespace-normal!" scope="row">
                  {key}
                </th>
                <td className="min-w-[160px]">
                  <Value text={a} />
                </td>
                <td className="min-w-[160px]">
                  <Value text={b} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </section>
  );
}

function Value({ text }: { text: string | null }) {
  return text === null ? (
    <span className="text-ink-3">not there</span>
  ) : (
    <code className="break-all">
      <bdi>{text}</bdi>
    </code>
  );
}
