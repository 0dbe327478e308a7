import type { Comparison } from '@/lib/registry-api/types';
import { DataTable } from '../table/data-table';

/** Values that differ, before and after. */
export function ChangeTable({
  title,
  changes,
  nameOf,
}: {
  title: string;
  changes: Comparison['env'];
  /** What a key is called, where it is not the key itself that people write. */
  nameOf?: (key: string) => string;
}) {
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
                <th className="align-baseline break-all whitespace-normal!" scope="row">
                  {nameOf ? (
                    nameOf(key)
                  ) : (
                    <code className="text-[12.5px]">
                      <bdi>{key}</bdi>
                    </code>
                  )}
                </th>
                <td className="min-w-[160px] align-baseline">
                  <Value text={a} />
                </td>
                <td className="min-w-[160px] align-baseline">
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
  if (text === null) return <span className="text-ink-3">not there</span>;
  if (text === '') return <span className="text-ink-3">empty</span>;
  return (
    <code className="break-all">
      <bdi>{text}</bdi>
    </code>
  );
}
