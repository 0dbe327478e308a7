import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { root } from './root.mjs';

const OWN_AT_LEAST = [22, 13];

/**
 * The Node to go on under: the one pinned in `package.json`, or the machine's own where the pin does not exist
 * for the platform and the own one is new enough.
 *
 * @returns {{ path: string, description: string }}
 */
export function chooseNode() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = path.join(root, 'node_modules', 'node', 'bin', program);
  if (existsSync(pinned)) {
    const { version } = JSON.parse(
      readFileSync(path.join(root, 'node_modules', 'node', 'package.json'), 'utf8'),
    );
    return { path: pinned, description: `Node ${version}` };
  }
  if (isRecent(process.versions.node)) {
    return { path: process.execPath, description: `the machine's own Node ${process.versions.node}` };
  }
  throw new StartFailure(
    `The pinned Node is not there for ${process.platform}-${process.arch}, and this one is ` +
      `${process.versions.node}: install Node ${OWN_AT_LEAST.join('.')} or newer.`,
  );
}

/**
 * Runs a script under a Node, hands on the signals that reach this process, and ends as the script ends. The
 * script gets a channel to this process, whose closing tells it that this process was killed.
 *
 * @param {string} node @param {string} script @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export function runUnder(node, script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--enable-source-maps', script, ...args], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    if (process.env.npm_execpath) whenParentHasGone(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/**
 * npm hands signals on, but nobody hears of it when npm itself is killed. (Of another parent, such as a shell that
 * has put this program into the background, nothing follows.)
 *
 * @param {() => void} callback
 */
function whenParentHasGone(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

/** @param {string} version */
function isRecent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = OWN_AT_LEAST;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
