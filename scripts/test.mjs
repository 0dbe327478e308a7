// `npm test` and, with --full, `npm run test:full`; `npm test -- unit http` runs only these tiers. Runs under
// Node 20 without any package installed, as `npm start` does; the rest goes on in test/run.mjs under the pinned Node.
import path from 'node:path';
import { install, isInstalled } from './start/install.mjs';
import { chooseNode, runUnder } from './start/node-runtime.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { root } from './start/root.mjs';
import { stage } from './start/stage.mjs';

try {
  if (!isInstalled()) await stage('install', install);
  const script = path.join(root, 'scripts', 'test', 'run.mjs');
  process.exitCode = await runUnder(chooseNode().path, script, process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
