// `npm start` and, with --dev, `npm run dev`. Runs under Node 20 without any package installed: it installs
// them, and the rest goes on in start/berth.mjs under the pinned Node.
import path from 'node:path';
import { embeddedDataDirectory, refuseSecondBerth } from './start/data-directory.mjs';
import { install, isInstalled } from './start/install.mjs';
import { chooseNode, runUnder } from './start/node-runtime.mjs';
import { reportFailure } from './start/report-failure.mjs';
import { root } from './start/root.mjs';
import { stage } from './start/stage.mjs';

const began = Date.now();
try {
  const dataDirectory = embeddedDataDirectory(process.env);
  if (dataDirectory) await refuseSecondBerth(dataDirectory);
  if (!isInstalled()) await stage('install', install);
  const script = path.join(root, 'scripts', 'start', 'berth.mjs');
  const args = [`--began=${began}`, ...process.argv.slice(2)];
  process.exitCode = await runUnder(chooseNode().path, script, args);
} catch (error) {
  reportFailure(error);
}
