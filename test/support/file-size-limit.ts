import { run } from './program.js';

/**
 * Lets this process write files up to so many bytes: the kernel refuses what goes beyond as it does on a full disk,
 * and any user may do it. `unlimited` ends it.
 */
export async function limitFileSize(bytes: string): Promise<void> {
  await run('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}
