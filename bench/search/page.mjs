// docs/search-speed.md, made from a run.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/start/root.mjs';
import { tableOf } from './report.mjs';

/**
 * @param {{ size: import('./seed.mjs').Size, rows: readonly import('./report.mjs').Row[], scanned: readonly string[],
 *   plans: readonly import('./app.mjs').RecordedPlan[] }} run
 */
export function writePage({ size, rows, scanned, plans }) {
  const count = (/** @type {number} */ number) => number.toLocaleString('en');
  const lines = [
    '# How fast a search is',
    '',
    `Written by \`npm run bench -- search --record\`: ${count(size.repositories)} repositories with`,
    `${count(size.repositories * size.tagsPerRepository)} tags, a third of them public; asked by nobody known, by a user of ten organizations and by`,
    `an admin. Times are what all statements of a search took, measured by the asking process on ${cpus().length} processors`,
    `with a load of ${Math.round(loadavg()[2] ?? 0)}; the processor times are those of Postgres alone, whatever else the machine did meanwhile.`,
    '',
    tableOf(rows),
    '',
    `Tables that a search read from beginning to end: ${scanned.length === 0 ? 'none' : scanned.join(', ')}.`,
    '',
    '## Plans',
    '',
    'As Postgres ran them for the user. What so many things match that looking at each would take too long needs a',
    'second statement: the first one takes a sample, the second one the best by index and exact counts of what is rare.',
    '',
    ...plans.flatMap(({ title, plan }) => [`### ${title}`, '', '```', plan, '```', '']),
  ];
  writeFileSync(path.join(root, 'docs', 'search-speed.md'), lines.join('\n'));
}
