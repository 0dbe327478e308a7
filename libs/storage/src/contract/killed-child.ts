import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { UploadState } from '../blob-store.js';
import type { StoreDescription } from './store-under-test.js';

/** So it is in the middle of something when it is killed. */
const STATES_BEFORE_KILL = 2;

/** Another process appends the bytes of `bench.bytes` until it is killed with SIGKILL. Returns what it recorded last. */
export async function appendInChildUntilKilled(description: StoreDescription): Promise<UploadState> {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--experimental-transform-types',
      '--import',
      new URL('./typescript-imports.mjs', import.meta.url).href,
      fileURLToPath(new URL('./append-until-killed.ts', import.meta.url)),
      JSON.stringify(description),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const states: UploadState[] = [];
  for await (const line of createInterface(child.stdout)) {
    states.push(JSON.parse(line) as UploadState);
    if (states.length === STATES_BEFORE_KILL) child.kill('SIGKILL');
  }
  await exited;
  const last = states.at(-1);
  if (!last || states.length < STATES_BEFORE_KILL) throw new Error('the appending process ended by itself');
  return last;
}
