// What a test file needs of the machine stands in its first line: `// needs: minio dockerd`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findTool } from '../tools/tools.mjs';

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
  return specFiles(root, ['apps', 'libs', 'scripts', 'test']).flatMap((file) => {
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
