// Runs a script under the pinned Node: `node scripts/pinned-node.mjs <script> [argument …]`.
// Itself it needs Node 20 and no package.
import path from 'node:path';
import { install, isInstalled } from './start/install.mjs';
import { chooseNode, runUnder } from './start/node-runtime.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { root } from './start/root.mjs';
import { stage } from './start/stage.mjs';

const [script = '', ...args] = process.argv.slice(2);
try {
  if (!isInstalled()) await stage('install', install);
  process.exitCode = await runUnder(chooseNode().path, path.resolve(root, script), args);
} catch (error) {
  reportFailure(error);
}
