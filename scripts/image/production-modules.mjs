import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../start/root.mjs';

/** Packages that others ask for without using them here: a compiler, a page that is not shown, our own sources. */
const unused = ['typescript', 'swagger-ui-dist', '@berth', '.bin', '.package-lock.json', 'typeorm/browser'];

/** Variants of packages that only bundlers take. */
const bundled = /\/@opentelemetry\/[^/]+\/build\/(esm|esnext)$/;

/** What only people and compilers read. */
const unread = /\.(d\.ts|d\.mts|d\.cts|ts|map|md|markdown)$/;

/**
 * Installs what the registry needs to run, as the lockfile says, and nothing that only its development needs.
 *
 * @param {string} folder which becomes a `node_modules`
 */
export function installProductionModules(folder) {
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-production-'));
  try {
    const workspaces = ['apps', 'libs'].flatMap((folder) =>
      readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
    );
    const files = [
      'package.json',
      'package-lock.json',
      '.npmrc',
      ...workspaces.map((name) => `${name}/package.json`),
    ];
    for (const file of files) cpSync(path.join(root, file), path.join(directory, file));
    const wanted = workspaces.filter((name) => name !== 'apps/web').flatMap((name) => ['--workspace', name]);
    const args = ['ci', '--omit=dev', '--ignore-scripts', ...wanted];
    const { status, error } = spawnSync('npm', args, {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (error || status !== 0) throw new Error('npm could not install the packages', { cause: error });
    const modules = path.join(directory, 'node_modules');
    for (const name of unused) rmSync(path.join(modules, name), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(modules, folder, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) =>
        !unread.test(source) && !bundled.test(source) && !/\/bare-[a-z]+\/prebuilds$/.test(source),
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
