// `npm run build`: builds what is not built; with --force, everything.
import { build } from './start/build.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { stage } from './start/stage.mjs';

try {
  await stage('build', () => build(['registry-api', 'web'], { isForced: process.argv.includes('--force') }));
} catch (error) {
  reportFailure(error);
}
