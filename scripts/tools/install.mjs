// Builds the Go tools that are missing into the tools folder: `node scripts/tools/install.mjs [name …]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { findTool, goToolDirectory, goTools } from './tools.mjs';

/** @typedef {import('./tools.mjs').GoToolName} GoToolName */

const known = /** @type {GoToolName[]} */ (Object.keys(goTools));
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !known.some((tool) => tool === name));
if (unknown) fail(`There is no tool "${unknown}": they are ${known.join(', ')}`);
for (const name of known) {
  const isWanted = asked.length === 0 ? !goTools[name].isForBench : asked.includes(name);
  if (isWanted && findTool(name) === null) install(name);
}

/**
 * Builds aside and renames at the end, so that a build cut short leaves nothing that looks finished.
 *
 * @param {GoToolName} name
 */
function install(name) {
  const tool = goTools[name];
  const directory = goToolDirectory(name);
  const partial = `${directory}.partial`;
  const started = Date.now();
  console.log(`${name} ${tool.version}: building`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const build = spawnSync('go', ['install', `${tool.package}@${tool.version}`], {
    env: { ...process.env, GOBIN: partial, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -trimpath' },
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (build.error) fail(`Go is needed to build ${name}: ${build.error.message}`);
  if (build.status !== 0) fail(`${name} did not build:\n${withoutDownloads(build.stderr)}`);
  if (existsSync(directory)) rmSync(directory, { recursive: true });
  renameSync(partial, directory);
  console.log(`${name} ${tool.version}: built in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** @param {string} output */
function withoutDownloads(output) {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('go: downloading'))
    .join('\n');
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
