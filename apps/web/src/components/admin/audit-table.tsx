import type { AuditEntry } from '@/lib/registry-api/types';
import { Chip } from '../chip/chip';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';

/** Who did what to what, from where, and whether it was allowed. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <DataTable label="Audit log">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Action</th>
          <th scope="col">Object</th>
          <th scope="col">Result</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td className="text-ink-2">
              <Time at={entry.at} />
            </td>
            <td>
              <bdi>{entry.actor}</bdi>
              <div className="text-sm text-ink-3">{entry.credential}</div>
            </td>
            <td>
              <code>{entry.action}</code>
            </td>
            <td className="min-w-[150px]">
              <code className="break-all">{entry.object}</code>
              <Details details={entry.details} />
            </td>
            <td>{entry.result === 'done' ? 'done' : <Chip tone="bad">refused</Chip>}</td>
            <td className="whitespace-nowrap text-ink-2">{entry.address ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Details({ details }: { details: AuditEntry['details'] }) {
  const entries = Object.entries(details);
  if (entries.length === 0) return null;
  const text = entries.map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return (
    <div className="text-sm break-words text-ink-3">
      <bdi>{text.join(', ')}</bdi>
    </div>
  );
}
