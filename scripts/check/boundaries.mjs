import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../start/root.mjs';

const LONGEST_FILE_LINES = 300;

/**
 * @typedef {object} SourceFile
 * @property {string} file relative to the checkout, with `/`
 * @property {string} text
 *
 * @typedef {object} Rule
 * @property {string} says what is allowed
 * @property {RegExp} files which files it is about
 * @property {(source: SourceFile, imports: string[]) => boolean} isBroken
 */

const test = /\.(spec|contract)\.ts$/;
const library = /^libs\/([^/]+)\//;

/** @type {Rule[]} */
const rules = [
  {
    says: 'libs import no app',
    files: library,
    isBroken: (source, imports) =>
      imports.some(
        (name) => /^@berth\/(registry-api|cli|web)/.test(name) || resolved(source, name).startsWith('apps/'),
      ),
  },
  {
    says: 'libs know no Nest, no TypeORM and no Express, apart from Passport strategies',
    files: /^libs\/(?!auth\/src\/strategies\/)/,
    isBroken: (_, imports) => imports.some((name) => /^(@nestjs\/|typeorm$|express$)/.test(name)),
  },
  {
    says: 'libs/oci imports nothing but Node',
    files: /^libs\/oci\/(?!.*\.(spec|contract)\.ts$)/,
    isBroken: (_, imports) => imports.some((name) => !/^(\.|node:)/.test(name)),
  },
  {
    says: 'a lib is imported by its name, never by a path into it',
    files: /^(apps|libs|migrations|test)\//,
    isBroken: (source, imports) => {
      const own = library.exec(source.file)?.[0];
      const enters = (/** @type {string} */ target) =>
        library.test(target) && !(own && target.startsWith(own));
      return imports.some((name) => /^@berth\/[^/]+\//.test(name) || enters(resolved(source, name)));
    },
  },
  {
    says: 'two modules that need each other miss a third: no forwardRef',
    files: /^(apps|libs)\//,
    isBroken: ({ text }) => /\bforwardRef\b/.test(text),
  },
  {
    says: 'a module exports services, never a store',
    files: /\.module\.ts$/,
    isBroken: ({ text }) => /\bexports:\s*\[[^\]]*Store\b/.test(text),
  },
  {
    says: 'the environment is read in env.ts alone',
    files: /^(apps\/(?!registry-api\/src\/env\.ts$|web\/)|libs\/|migrations\/)/,
    isBroken: ({ file, text }) => !test.test(file) && /\bprocess\s*\.\s*env\b/.test(text),
  },
  {
    says: `a file has at most ${LONGEST_FILE_LINES} lines`,
    files: /^(apps|libs|scripts|test|bench)\/(?!.*\.gen\.ts$)/,
    isBroken: ({ text }) => text.split('\n').length > LONGEST_FILE_LINES + 1,
  },
];

/**
 * Which source files break which rule about who may know whom.
 *
 * @param {SourceFile[]} sources
 * @returns {string[]} one line each
 */
export function brokenBoundaries(sources) {
  return sources.flatMap((source) => {
    const imports = importsOf(source.text);
    return rules
      .filter((rule) => rule.files.test(source.file) && rule.isBroken(source, imports))
      .map((rule) => `${source.file}: ${rule.says}`);
  });
}

/** @returns {SourceFile[]} */
export function readSources() {
  const patterns = ['{apps,libs,migrations,scripts,test,bench}/**/*.{ts,tsx,mts,mjs}'];
  const isForeign = (/** @type {string} */ name) => /(^|\/)(node_modules|dist|\.next)$/.test(name);
  return globSync(patterns, { cwd: root, exclude: isForeign })
    .sort()
    .map((file) => ({
      file: file.replaceAll('\\', '/'),
      text: readFileSync(path.join(root, file), 'utf8'),
    }));
}

/** @param {string} text @returns {string[]} */
function importsOf(text) {
  const pattern = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** @param {SourceFile} source @param {string} name @returns {string} the path in the checkout, or '' for a package */
function resolved({ file }, name) {
  return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : '';
}
