import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What a start has used and nobody needs any more is given back at once: V8 would keep it until so much more is used,
 * which in a process that then idles is never.
 */
export function giveBackMemory() {
  setFlagsFromString('--expose-gc');
  /** @type {() => void} */
  const collect = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  collect();
}
