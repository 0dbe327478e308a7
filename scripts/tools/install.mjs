// Builds the Go tools that are missing into the tools folder: `node scripts/tools/install.mjs [name …]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { findTool, goToolDirectory, goTools } from './tools.mjs';

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(goTools);
for (const name of wanted) {
  if (!(name in goTools)) fail(`${name} is none of: ${Object.keys(goTools).join(', ')}`);
  if (findTool(name) === null) install(name);
}

/** Builds aside and renames at the end, so that a build cut short leaves nothing that looks finished. */
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

function withoutDownloads(output) {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('go: downloading'))
    .join('\n');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
