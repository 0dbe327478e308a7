// docs/performance.md: what was measured is replaced, the words around it stay.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/start/root.mjs';
import { markdownTable, tableOf } from './report.mjs';
import { studies } from './studies.mjs';
import { workloads } from './workloads.mjs';

const PAGE = path.join(root, 'docs', 'performance.md');
const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/** @param {import('./records.mjs').Records} records */
export function writePage(records) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < 0) throw new Error(`${PAGE} lacks its marks`);
  writeFileSync(PAGE, `${page.slice(0, before)}${BEGIN}\n\n${measuredOf(records)}\n${page.slice(after)}`);
}

/** @param {import('./records.mjs').Records} records */
export function measuredOf({ rows, studies: findings }) {
  /** @type {Map<string, import('./records.mjs').RecordedRow[]>} */
  const groups = new Map();
  for (const row of inOrder(rows, workloads, ({ workload }) => workload)) {
    const title = `### ${row.store === 's3' ? 'On MinIO' : 'On a file system'}\n\n${conditionsOf(row.run)}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  const tables = [...groups].map(([title, members]) => `${title}\n\n${tableOf(members)}`);
  const found = inOrder(findings, [...studies, { id: 'scale' }], ({ id }) => id).map(
    ({ title, columns, lines, verdicts, run }) =>
      `### ${title}\n\n${conditionsOf(run)}\n\n${markdownTable([columns, columns.map(() => '---:'), ...lines])}\n${verdicts.map((verdict) => `- ${verdict}\n`).join('')}`,
  );
  return [...tables, ...found].join('\n');
}

/** As the tool has them, whenever they were recorded. @template T @param {readonly T[]} all @param {readonly { id: string }[]} order @param {(of: T) => string} idOf */
function inOrder(all, order, idOf) {
  const place = (/** @type {T} */ of) => order.findIndex(({ id }) => id === idOf(of));
  return [...all].sort((a, b) => place(a) - place(b));
}

/** @param {import('./records.mjs').Run} run */
function conditionsOf({ machine, date, rounds, seconds, isQuick, ceilings }) {
  const number = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-US');
  return `${date}, ${machine}, the client beside the server; ${rounds} rounds, ${seconds} s for each row with a duration${isQuick ? ', **small sizes**' : ''}.${ceilings ? ` Ceilings: ${number(ceilings.answers)} small answers/s, ${number(ceilings.loopback)} MB/s over loopback, ${number(ceilings.hash)} MB/s of SHA-256 a processor.` : ''}`;
}
