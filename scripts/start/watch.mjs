import { fork, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './root.mjs';

/**
 * Compiles whenever a source changes, then migrates and replaces the workers.
 *
 * @param {import('./supervisor.mjs').Supervisor} supervisor @param {string} databaseUrl
 * @returns {() => void} ends the watching
 */
export function watchAndReload(supervisor, databaseUrl) {
  const compiler = fork(fileURLToPath(new URL('./compiler.mjs', import.meta.url)), [], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let isFirst = true;
  let said = '';
  compiler.stdout?.setEncoding('utf8').on('data', (text) => {
    said += text;
    const [, errors] = /Found (\d+) errors?/.exec(said) ?? [];
    if (errors === undefined) return;
    if (errors !== '0') console.error(said.trim());
    else if (!isFirst) reload(supervisor, databaseUrl);
    isFirst = false;
    said = '';
  });
  return () => compiler.kill();
}

/** @param {import('./supervisor.mjs').Supervisor} supervisor @param {string} databaseUrl */
function reload(supervisor, databaseUrl) {
  const began = performance.now();
  // In a process of its own: this one has loaded the modules as they were.
  const migrated = spawnSync(process.execPath, [path.join(root, 'scripts', 'migrate.mjs'), '--built'], {
    env: { ...process.env, BERTH_DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (migrated.status !== 0) return;
  supervisor
    .replaceAll()
    .then(() => console.log(`  reloaded in ${((performance.now() - began) / 1000).toFixed(1)} s`));
}
