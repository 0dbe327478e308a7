// Root file systems made of Debian's packages, for the tests of the compose files where no base image can be pulled:
// `node scripts/tools/stand-ins.mjs`. Kept beside the built tools. Needs root and debootstrap.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toolPath, toolsDirectory } from './tools.mjs';

const RELEASE = 'bookworm';

/** Packages by stand-in: one that is as bare as `debian:bookworm-slim`, and one for every other part. */
const packages = {
  base: ['ca-certificates'],
  services: ['ca-certificates', 'postgresql', 'caddy'],
};

/** @typedef {keyof typeof packages} StandInName */

/** @param {StandInName} name @returns {string} the archive of its files */
export function standInArchive(name) {
  return path.join(toolsDirectory(), 'stand-ins', `${RELEASE}-${packages[name].join('-')}.tar`);
}

/** Makes those that are missing; takes some minutes. */
export function makeStandIns() {
  for (const name of /** @type {StandInName[]} */ (Object.keys(packages))) {
    if (!existsSync(standInArchive(name))) make(name);
  }
}

/** @param {StandInName} name */
function make(name) {
  const archive = standInArchive(name);
  mkdirSync(path.dirname(archive), { recursive: true });
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-stand-in-'));
  try {
    console.log(`${path.basename(archive)}: making it`);
    const include = `--include=${packages[name].join(',')}`;
    run(toolPath('debootstrap'), ['--variant=minbase', include, RELEASE, directory, mirror()]);
    const left = [
      './var/cache/apt/*',
      './var/lib/apt/lists/*',
      './usr/share/doc/*',
      './usr/share/man/*',
      './dev/*',
    ];
    const excluded = left.map((pattern) => `--exclude=${pattern}`);
    run('tar', [
      '--create',
      '--numeric-owner',
      ...excluded,
      '--file',
      `${archive}.partial`,
      '--directory',
      directory,
      '.',
    ]);
    renameSync(`${archive}.partial`, archive);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Where this machine's own packages come from. */
function mirror() {
  const targets = run('apt-get', [
    'indextargets',
    '--format',
    '$(CODENAME) $(REPO_URI)',
    'Created-By: Packages',
  ]);
  const found = targets.split('\n').find((line) => line.startsWith(`${RELEASE} `));
  if (!found) throw new Error(`apt knows no packages of ${RELEASE}: the stand-ins are made of them`);
  return found.slice(RELEASE.length + 1);
}

/** @param {string} command @param {string[]} args @returns {string} what it printed */
function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
  return stdout;
}

if (process.argv[1] === import.meta.filename) makeStandIns();
