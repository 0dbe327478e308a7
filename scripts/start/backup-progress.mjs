const SECONDS_BETWEEN_LINES = 10;

/** @typedef {import('../../apps/registry-api/src/backup/progress.js').Progress} Progress */

/**
 * Shows how far it has come: in one line of a terminal that changes, elsewhere in a line every ten seconds.
 *
 * @param {(line: string) => void} [print]
 * @returns {{ show(progress: Progress): void, end(): void }}
 */
export function backupProgress(print = (line) => process.stdout.write(line)) {
  const isTerminal = process.stdout.isTTY;
  let shownAt = performance.now();
  return {
    show(progress) {
      const seconds = (performance.now() - shownAt) / 1000;
      if (seconds < (isTerminal ? 0.2 : SECONDS_BETWEEN_LINES)) return;
      shownAt = performance.now();
      print(isTerminal ? `\r  ${described(progress).padEnd(70)}` : `  ${described(progress)}\n`);
    },
    end() {
      if (isTerminal) print(`\r${' '.repeat(72)}\r`);
    },
  };
}

/** @param {Progress} progress */
function described({ step, done, total, doneBytes, totalBytes }) {
  const count = total === undefined ? `${done}` : `${done} of ${total}`;
  if (doneBytes === undefined || totalBytes === undefined) return `${step}: ${count}`;
  return `${step}: ${count}, ${inBytes(doneBytes)} of ${inBytes(totalBytes)}`;
}

/** @param {number} bytes */
export function inBytes(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
