import { DataTable } from '../table/data-table';
import { LinkedText } from './linked-text';

/** Names and values that an image carries, as they are. */
export function NameValues({
  label,
  entries,
}: {
  label: string;
  entries: readonly (readonly [name: string, value: string])[];
}) {
  return (
    <DataTable label={label}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th
              className="max-w-[320px] align-baseline font-mono! text-[12px] break-all whitespace-normal!"
              scope="row"
            >
              {name}
            </th>
            <td className="min-w-[180px] align-baseline text-md break-words">
              <LinkedText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
