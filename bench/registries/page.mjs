// docs/performance.md, made from a run.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/start/root.mjs';
import { tableOf } from './report.mjs';

const PAGE = path.join(root, 'docs', 'performance.md');
const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

/** Replaces what was measured; the words around it stay. @param {import('./report.mjs').Row[]} rows @param {import('./ceilings.mjs').Ceilings} ceilings @param {{ rounds: number, seconds: number }} plan */
export function writePage(rows, ceilings, { rounds, seconds }) {
  const [processor] = cpus();
  const machine = `${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux, Node ${process.versions.node}`;
  const measured = `${BEGIN}
Machine: ${machine}; the client beside the server. ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds, ${seconds} s for each row
with a duration. Ceilings: ${Math.round(ceilings.answers).toLocaleString('en-US')} small answers a second from bare \`node:http\`,
${Math.round(ceilings.loopback).toLocaleString('en-US')} MB/s over loopback, ${Math.round(ceilings.hash).toLocaleString('en-US')} MB/s of SHA-256 by one processor.

${tableOf(rows)}${END}`;
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < 0) throw new Error(`${PAGE} lacks its marks`);
  writeFileSync(PAGE, page.slice(0, before) + measured + page.slice(after + END.length));
}
