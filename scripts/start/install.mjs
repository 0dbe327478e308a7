import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} Package
 * @typedef {Record<string, Package>} Packages by folder
 */

/**
 * Whether `node_modules` holds what `package-lock.json` asks for, by the copy of it that npm leaves inside when
 * an installation has come to its end.
 */
export function isInstalled() {
  const stamp = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(stamp)) return false;
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const present = packagesIn(stamp);
  return Object.entries(wanted)
    .filter(([folder, { link }]) => folder.includes('node_modules/') && !link)
    .every(([folder, { version, optional }]) => {
      const found = present[folder];
      return found ? found.version === version : optional;
    });
}

/**
 * Installs exactly what the lock file says, the development dependencies too, among which the pinned Node is:
 * `NODE_ENV=production` would leave them out.
 */
export async function install() {
  const [command = '', ...prefix] = npm();
  const args = [...prefix, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const { isSuccess, output } = await run(command, args, {
    cwd: root,
    shell: command.endsWith('.cmd'),
  }).catch((cause) => {
    throw new StartFailure(`${command} cannot be run (${cause.message}): install npm.`, { cause });
  });
  if (isSuccess) return;
  const reason = output
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .map((line) => line.slice('npm error'.length).trim())
    .filter((line) => line !== '' && !line.startsWith('code '))
    .slice(0, 2)
    .join(' ');
  throw new StartFailure(`npm ci could not install the packages: ${reason || output.trim()}`);
}

/** The npm that runs this program, if one does, else the one on the path. */
function npm() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running)) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** @param {string} file @returns {Packages} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
