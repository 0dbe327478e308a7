import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/** The file of a module of the built registry API. @param {string} name such as `main.js` */
export function builtModule(name) {
  return path.join(root, 'dist', 'apps', 'registry-api', 'src', name);
}

/** @returns {Promise<typeof import('../../apps/cli/src/main.js')>} the built command line */
export function importBuiltCli() {
  return import(pathToFileURL(path.join(root, 'dist', 'apps', 'cli', 'src', 'main.js')).href);
}

/** @param {string} name @returns {Promise<any>} the module's exports */
export function importBuilt(name) {
  return import(pathToFileURL(builtModule(name)).href);
}
