import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';

export interface RunningProcess {
  pid: number;
  parentPid: number;
  /** The command line, with spaces between the arguments. */
  command: string;
}

/** Every process that descends from `pid`, without itself, parents before children. Reads Linux' /proc. */
export function descendantsOf(pid: number): RunningProcess[] {
  const byParent = new Map<number, RunningProcess[]>();
  for (const entry of readdirSync('/proc')) {
    const found = /^\d+$/.test(entry) ? readProcess(Number(entry)) : undefined;
    if (found) byParent.set(found.parentPid, [...(byParent.get(found.parentPid) ?? []), found]);
  }
  const below = (parent: number): RunningProcess[] =>
    (byParent.get(parent) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

/** Kills a process and everything below it with SIGKILL, as a power cut would. */
export function killTree(pid: number): void {
  const doomed = [pid, ...descendantsOf(pid).map((process) => process.pid)];
  for (const each of doomed) killIfThere(each);
}

/** Resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  return statusBytes(pid, 'VmRSS');
}

/** Forgets the peak of a process's resident memory, so that the next one is of what follows. */
export function resetPeakResidentBytes(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The highest resident memory of a process, in bytes, since its start or the last reset. */
export function peakResidentBytes(pid: number): number {
  return statusBytes(pid, 'VmHWM');
}

/** The files that a process has open, by their paths. */
export function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((descriptor) => {
    try {
      return [readlinkSync(`${folder}/${descriptor}`)];
    } catch {
      return []; // closed while we looked
    }
  });
}

export function isRunning(pid: number): boolean {
  const found = readProcess(pid);
  return found !== undefined && found.command !== '';
}

function statusBytes(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no ${field}`);
  return Number(kibibytes) * 1024;
}

function readProcess(pid: number): RunningProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parentPid: Number(afterName[1]), command };
  } catch {
    return undefined; // it ended while we looked
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
