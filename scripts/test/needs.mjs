// What a test file needs of the machine stands in its first line: `// needs: minio dockerd`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findTool } from '../tools/tools.mjs';

const folders = ['apps', 'libs', 'scripts', 'test'];

/**
 * @typedef {object} UnrunnableFile
 * @property {string} file relative to the checkout
 * @property {string[]} missing the tools that this machine does not have
 */

/**
 * The test files that this machine cannot run.
 *
 * @param {string} root the checkout
 * @returns {UnrunnableFile[]}
 */
export function findUnrunnable(root) {
  return specFiles(root, folders).flatMap((file) => {
    const missing = needsOf(path.join(root, file)).filter((tool) => !isUsable(tool));
    return missing.length > 0 ? [{ file, missing }] : [];
  });
}

/** @param {string} file @returns {string[]} */
function needsOf(file) {
  const [firstLine = ''] = readFileSync(file, 'utf8').split('\n', 1);
  const needs = /^\/\/ needs: (.+)$/.exec(firstLine)?.[1];
  return needs?.trim().split(/\s+/) ?? [];
}

/** @param {string} tool */
function isUsable(tool) {
  if (findTool(tool) === null) return false;
  return tool !== 'dockerd' || process.getuid?.() === 0; // an engine of its own needs root
}

/**
 * Every test file that is in no tier, so that none is forgotten.
 *
 * @param {string} root the checkout
 * @param {string[]} known the files that some tier has
 * @returns {string[]}
 */
export function findHomeless(root, known) {
  const atHome = new Set(known.map((file) => path.relative(root, path.resolve(root, file))));
  return specFiles(root, folders).filter((file) => !atHome.has(file));
}

/** @param {string} root @param {string[]} folders @returns {string[]} */
function specFiles(root, folders) {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const below = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return ['node_modules', 'dist', '.next'].includes(entry.name) ? [] : specFiles(root, [below]);
      }
      return entry.name.endsWith('.spec.ts') ? [below] : [];
    }),
  );
}
