import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { inheritedEnvironment } from '../support/inherited-environment.js';
import { descendantsOf } from '../support/process-tree.js';
import { collectOutput } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory('terminal');
});
afterAll(() => removeDirectory(directory));

it('writes its log for people in a terminal, and ends as a whole at Ctrl-C', async () => {
  const port = await freePort();
  const start = ['--quiet', '--return', '--command', 'exec node scripts/start.mjs --no-web', '/dev/null'];
  const terminal = spawn('script', start, {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...inheritedEnvironment(), BERTH_DATA_DIR: directory, BERTH_PORT: String(port) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const shown = collectOutput(terminal, 'stdout');
  const ended = once(terminal, 'exit');
  await eventually('Berth is ready', () => shown().includes('Ctrl-C stops it'), 150);
  await (await fetch(`http://127.0.0.1:${port}/v2/`)).body?.cancel(); // localhost is its address
  await eventually('the log has a line', () => shown().includes('another address than BERTH_PUBLIC_URL'));
  expect(shown()).toMatch(/\[\d\d:\d\d:\d\d\] .*WARN/);
  expect(shown()).not.toContain('{"level"');
  const below = descendantsOf(terminal.pid!);
  expect(below.length).toBeGreaterThan(2);
  terminal.stdin.write('\x03');
  expect((await ended)[0]).toBe(0);
});
