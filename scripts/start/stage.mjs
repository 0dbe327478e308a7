const NAME_WIDTH = 12;

/**
 * Does one stage of a start and prints one line for it: its name at once, its time and what came of it at the end.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string | undefined} [describe] what to add to the line
 * @returns {Promise<T>}
 */
export async function stage(name, work, describe = () => undefined) {
  const began = performance.now();
  process.stdout.write(`  ${name.padEnd(NAME_WIDTH)}`);
  try {
    const result = await work();
    const detail = describe(result);
    process.stdout.write(`${seconds(performance.now() - began)}${detail ? `  ${detail}` : ''}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${seconds(performance.now() - began)}  failed\n`);
    throw error;
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1).padStart(6)} s`;
}
