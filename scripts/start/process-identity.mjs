import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one that was given the same number: when it was born. Undefined when no such
 * process runs (one that has ended but was not waited for does not run either).
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processIdentity(pid) {
  try {
    return process.platform === 'linux' ? linuxIdentity(pid) : otherIdentity(pid);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function linuxIdentity(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the program's name, may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${fields[19]}`;
}

/** @param {number} pid */
function otherIdentity(pid) {
  process.kill(pid, 0);
  if (process.platform === 'win32') return 'running';
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
