// `npm run build [-- registry-api|web …]`: builds what is not built; with --force, everything.
import { build } from './start/build.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { stage } from './start/stage.mjs';

/** @typedef {import('./start/build-targets.mjs').TargetName} TargetName */

/** @type {TargetName[]} */
const all = ['registry-api', 'web'];
const asked = all.filter((name) => process.argv.includes(name));
const isForced = process.argv.includes('--force');
try {
  await stage('build', () => build(asked.length > 0 ? asked : all, { isForced }));
} catch (error) {
  reportFailure(error);
}
