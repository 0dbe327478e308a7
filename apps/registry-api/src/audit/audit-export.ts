import { stringify } from 'csv-stringify/sync';
import type { AuditAnswer } from './audit.schema.js';

export type ExportFormat = 'csv' | 'jsonl';

export const exportMediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

const columns = [
  'id',
  'at',
  'actor',
  'credential',
  'address',
  'action',
  'object',
  'result',
  'details',
] as const;

/** The lines of a file, in pieces of as many entries as come at once. */
export async function* exportLines(
  format: ExportFormat,
  batches: AsyncIterable<readonly AuditAnswer[]>,
): AsyncGenerator<string> {
  if (format === 'csv') yield csv([columns]);
  for await (const entries of batches) {
    yield format === 'csv'
      ? csv(entries.map(cells))
      : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  }
}

function cells(entry: AuditAnswer): string[] {
  return columns.map((column) => {
    const value = entry[column];
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  });
}

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it: names are untrusted. */
function csv(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { escape_formulas: true, record_delimiter: '\r\n' });
}
