import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * @typedef {'registry-api' | 'web'} TargetName
 *
 * @typedef {object} BuildTarget
 * @property {TargetName} name
 * @property {string} output folder that holds the result and its stamp
 * @property {string[]} sources patterns of the files that decide about it
 * @property {string[]} command arguments of Node: a script of node_modules and its own
 * @property {() => void} [finish] what the command leaves to do
 */

/** The folder from which the built web app runs: with the packages that it needs, and nothing else. */
export const standaloneWeb = path.join(root, 'apps', 'web', '.next', 'standalone', 'apps', 'web');

/** @type {BuildTarget[]} */
export const targets = [
  {
    name: 'registry-api',
    output: 'dist',
    sources: [
      'apps/registry-api/src/**/*.ts',
      'apps/registry-api/*.json',
      'apps/cli/src/**/*.ts',
      'apps/cli/*.json',
      'libs/*/src/**/*.ts',
      'libs/*/package.json',
      'migrations/*.ts',
      'tsconfig.json',
      'nest-cli.json',
      'package-lock.json',
    ],
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'registry-api'],
  },
  {
    name: 'web',
    output: 'apps/web/.next',
    sources: ['apps/web/src/**/*.{ts,tsx,css,svg}', 'apps/web/*.{ts,mjs,json}', 'package-lock.json'],
    command: ['--max-old-space-size=768', 'node_modules/next/dist/bin/next', 'build', 'apps/web'],
    finish: copyStaticFiles,
  },
];

/** Next leaves the files that browsers load out of the standalone folder, for those who serve them otherwise. */
function copyStaticFiles() {
  const web = path.join(root, 'apps', 'web');
  const folders = {
    [path.join(web, '.next', 'static')]: '.next/static',
    [path.join(web, 'public')]: 'public',
  };
  for (const [from, to] of Object.entries(folders)) {
    if (existsSync(from)) cpSync(from, path.join(standaloneWeb, to), { recursive: true });
  }
}
