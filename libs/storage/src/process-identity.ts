import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Enough to tell later, from another process, whether this one still runs. */
export interface ProcessIdentity {
  /** The machine in this boot, and the container: process ids mean something only inside. */
  readonly host: string;
  readonly pid: number;
  /** When it started, in the kernel's own count: ids are used again. Empty where there is no /proc. */
  readonly startedAt: string;
}

export const thisProcess: ProcessIdentity = {
  host: [hostname(), readOrEmpty('/proc/sys/kernel/random/boot_id'), pidNamespace()].join(' ').trim(),
  pid: process.pid,
  startedAt: startTimeIn(readOrEmpty('/proc/self/stat')) ?? '',
};

/** Whether the process runs; undefined if it belongs to another host or container and cannot be seen from here. */
export async function isRunning(other: ProcessIdentity): Promise<boolean | undefined> {
  if (other.host !== thisProcess.host) return undefined;
  if (thisProcess.startedAt === '') return acceptsSignals(other.pid);
  const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8').catch(() => '');
  return startTimeIn(stat) === other.startedAt;
}

/** proc(5): fields after the command's closing bracket; state is the 3rd of all, start time the 22nd. */
function startTimeIn(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return isDead ? undefined : fields[19];
}

function acceptsSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
