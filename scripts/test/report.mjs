/**
 * One line for each tier; all it wrote as well when something failed.
 *
 * @param {import('./run-tier.mjs').TierResult} result
 */
export function printTier({ name, passed, failed, seconds, log, isOutOfTime }) {
  const counts = `${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed`;
  const time = `${seconds.toFixed(1).padStart(7)} s`;
  if (failed > 0) console.log(`\n${log.trimEnd()}\n`);
  console.log(`  ${name.padEnd(14)}${counts}${time}${isOutOfTime ? '  OUT OF TIME' : ''}`);
}

/**
 * Says by name what this machine cannot run.
 *
 * @param {import('./needs.mjs').UnrunnableFile[]} files
 */
export function printUnrunnable(files) {
  for (const { file, missing } of files) {
    console.log(
      `  NOT RUN: ${file}: this machine has no ${missing.join(', no ')} (.ci/run installs what is missing)`,
    );
  }
}

/**
 * Names the test files that no tier runs.
 *
 * @param {string[]} files
 */
export function printHomeless(files) {
  for (const file of files) console.log(`  NOT RUN: ${file}: no tier of vitest.config.ts includes it`);
}
