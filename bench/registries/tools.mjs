// What a comparison needs of the machine: what Go builds is built, the rest is named.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { StartFailure } from '../../scripts/start/failure.mjs';
import { root } from '../../scripts/start/root.mjs';
import { findTool } from '../../scripts/tools/tools.mjs';

/** Builds Distribution v3, and MinIO where it is needed. @param {{ stores: string[] }} plan @throws {StartFailure} in one sentence */
export function ensureTools({ stores }) {
  const missing = ['wrk', 'curl'].filter((name) => findTool(name) === null);
  if (missing.length > 0)
    throw new StartFailure(`The bench needs ${missing.join(' and ')}: apt-get install ${missing.join(' ')}`);
  if (findTool('docker-registry') === null)
    console.log('docker-registry is left out, since it is not here: apt-get install docker-registry');
  for (const name of ['registry', ...(stores.includes('s3') ? ['minio'] : [])]) {
    if (findTool(name) === null) buildTool(name);
  }
}

/** @param {string} name */
function buildTool(name) {
  const installer = path.join(root, 'scripts/tools/install.mjs');
  const { status } = spawnSync(process.execPath, [installer, name], { stdio: 'inherit' });
  if (status !== 0) throw new StartFailure(`The bench needs ${name}, which could not be built.`);
}

/** The programs to compare with that this machine has. @returns {{ name: string, program: string }[]} */
export function installedDistributions() {
  return [
    { name: 'Distribution v3.1.2', program: findTool('registry') },
    { name: 'docker-registry 2.8.2', program: findTool('docker-registry') },
  ].flatMap(({ name, program }) => (program === null ? [] : [{ name, program }]));
}
