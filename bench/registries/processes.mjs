// What the processes of a server cost: memory and processor time, from /proc.
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** A process and all below it. @param {number} pid @returns {number[]} */
function processTree(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = fieldsOf(Number(entry))?.[1];
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  /** @type {(of: number) => number[]} */
  const below = (of) => [of, ...(children.get(of) ?? []).flatMap(below)];
  return below(pid);
}

/** Of /proc/PID/stat, from the state on. @param {number} pid @returns {number[] | undefined} */
function fieldsOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return undefined; // it has ended meanwhile
  }
}

/** Proportional set size of a process and all below it, in bytes. @param {number} pid */
export function memoryBytes(pid) {
  return processTree(pid).reduce((sum, each) => sum + pssOf(each), 0);
}

/** @param {number} pid */
function pssOf(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Processor time that a process and all below it have used, those that they waited for included. @param {number} pid */
export function processorSeconds(pid) {
  const ticks = processTree(pid).reduce((sum, each) => {
    const fields = fieldsOf(each) ?? [];
    return sum + [11, 12, 13, 14].reduce((own, index) => own + (fields[index] ?? 0), 0);
  }, 0);
  return ticks / TICKS_PER_SECOND;
}

/** PSS of a Berth by what its processes are. @param {number} pid */
export function memoryByProgram(pid) {
  /** @type {Record<string, number>} */
  const found = { workers: 0, postgres: 0, 'web app': 0, supervisor: 0 };
  for (const each of processTree(pid)) found[programOf(each)] = (found[programOf(each)] ?? 0) + pssOf(each);
  return found;
}

/** @param {number} pid */
function programOf(pid) {
  const command = commandOf(pid);
  if (command.includes('postgres')) return 'postgres';
  if (command.includes('web-process') || command.includes('next-server')) return 'web app';
  return command.includes('worker.mjs') ? 'workers' : 'supervisor';
}

/** @param {number} pid */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
