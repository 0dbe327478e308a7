import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { targets } from './build-targets.mjs';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { tryLock } from './lock.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

const LONGEST_BUILD_SECONDS = 900;

/** An image holds what was built, and no sources. */
const hasSources = existsSync(path.join(root, 'package-lock.json'));

/** @typedef {import('./build-targets.mjs').BuildTarget} BuildTarget */
/** @typedef {import('./build-targets.mjs').TargetName} TargetName */

/**
 * The targets whose result was not made from the sources as they are.
 *
 * @param {TargetName[]} names
 */
export function targetsToBuild(names) {
  if (!hasSources) return [];
  return targetsNamed(names).filter((target) => readStamp(target) !== fingerprint(target.sources));
}

/**
 * Builds what is not built, side by side. Two that want the same build do it once, one after the other.
 *
 * @param {TargetName[]} [names] of what is wanted: mostly the registry without its pages
 * @param {{ isForced?: boolean }} [options] forced: whether it is built or not
 */
export async function build(names = ['registry-api'], { isForced = false } = {}) {
  if (!isForced && targetsToBuild(names).length === 0) return;
  const lock = () => tryLock(path.join(root, 'node_modules', '.berth-build.lock'));
  const held = await until(lock, { withinSeconds: LONGEST_BUILD_SECONDS, everyMilliseconds: 200 });
  if (!held) throw new StartFailure('Another build of this checkout does not come to its end: end it first.');
  try {
    const wanted = isForced ? targetsNamed(names) : targetsToBuild(names);
    const outcomes = await Promise.allSettled(wanted.map(buildTarget));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    held.release();
  }
}

/** @param {TargetName[]} names */
function targetsNamed(names) {
  return targets.filter(({ name }) => names.includes(name));
}

/**
 * The stamp goes first and comes back last, so that a build cut short is no build. It carries the sources as they
 * were before, so that what was edited meanwhile is built the next time.
 *
 * @param {BuildTarget} target
 */
async function buildTarget(target) {
  const before = fingerprint(target.sources);
  rmSync(stampOf(target), { force: true });
  const { isSuccess, output } = await run(process.execPath, target.command, {
    cwd: root,
    env: {
      ...process.env,
      ...{ NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
    },
  });
  if (!isSuccess) throw new StartFailure(`${target.name} does not build:\n${output.trim()}`);
  target.finish?.();
  writeFileSync(stampOf(target), before);
}

/** By content, not by time: a fresh clone or a copied folder is no change. @param {string[]} patterns */
function fingerprint(patterns) {
  const hash = createHash('sha256');
  const isTest = (/** @type {string} */ file) => /\.(spec|contract)\.ts$|\/contract$/.test(file);
  for (const file of globSync(patterns, { cwd: root, exclude: isTest }).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

/** @param {BuildTarget} target */
const stampOf = ({ output }) => path.join(root, output, '.berth-built');

/** @param {BuildTarget} target */
function readStamp(target) {
  return existsSync(stampOf(target)) ? readFileSync(stampOf(target), 'utf8') : undefined;
}
