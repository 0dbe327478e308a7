import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Kills what a tier left running: its process group, and everything (a Postgres or a Docker Engine is in a
 * session of its own) whose command line or environment names the tier's temporary folder.
 *
 * @param {number} groupId @param {string} directory
 */
export async function killLeftBehind(groupId, directory) {
  signal(-groupId);
  for (let attempt = 0; attempt < 20; attempt++) {
    const pids = processesNaming(directory);
    if (pids.length === 0) return;
    for (const pid of pids) signal(pid);
    await delay(100);
  }
}

/** @param {string} directory @returns {number[]} none where there is no /proc */
function processesNaming(directory) {
  try {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
      .filter((pid) => ['cmdline', 'environ'].some((file) => read(pid, file).includes(directory)))
      .map(Number);
  } catch {
    return [];
  }
}

/** @param {string} pid @param {string} file */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it ended while we looked, or is somebody else's
  }
}

/** @param {number} target a process, or a group when negative */
function signal(target) {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // it is gone already
  }
}
