// `npm run check`: what a change has to pass before the tests.
import { brokenBoundaries, readSources } from './check/boundaries.mjs';
import { runChecks } from './check/gate.mjs';
import { generatedDrift } from './check/generated.mjs';
import { schemaDrift } from './check/schema.mjs';
import { build } from './start/build.mjs';
import { root } from './start/root.mjs';
import { run } from './start/run.mjs';

const built = build().then(
  () => [],
  (error) => [error.message],
);
const afterBuild = (/** @type {() => Promise<string[]>} */ complaints) => async () =>
  (await built).length > 0 ? ['cannot be checked: the build has failed'] : complaints();

/** @type {import('./check/gate.mjs').Check[]} */
const checks = [
  { name: 'build', complaints: () => built },
  { name: 'types', complaints: () => programComplaints('typescript/bin/tsc', ['--noEmit', '-p', '.']) },
  {
    name: 'script types',
    complaints: () => programComplaints('typescript/bin/tsc', ['--noEmit', '-p', 'scripts']),
  },
  {
    name: 'web types',
    complaints: () => programComplaints('typescript/bin/tsc', ['--noEmit', '-p', 'apps/web']),
  },
  { name: 'format, lint', complaints: () => programComplaints('@biomejs/biome/bin/biome', ['check', '.']) },
  { name: 'boundaries', complaints: () => brokenBoundaries(readSources()) },
  { name: 'generated', complaints: afterBuild(generatedDrift) },
  { name: 'schema', complaints: afterBuild(schemaDrift) },
];

const failed = await runChecks(checks);
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {string} program in node_modules @param {string[]} args */
async function programComplaints(program, args) {
  const { isSuccess, output } = await run(process.execPath, [`node_modules/${program}`, ...args], {
    cwd: root,
  });
  return isSuccess ? [] : [output];
}
