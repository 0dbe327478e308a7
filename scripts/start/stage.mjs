const NAME_WIDTH = 12;

/**
 * Does one stage of a start and prints one line for it when it ends: its name, its time and what came of it. A
 * terminal shows the name at once.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string | undefined} [describe] what to add to the line
 * @returns {Promise<T>}
 */
export async function stage(name, work, describe = () => undefined) {
  const began = performance.now();
  const print = (/** @type {string | undefined} */ outcome) => {
    const line = `  ${name.padEnd(NAME_WIDTH)}${seconds(performance.now() - began)}`;
    process.stdout.write(`${line}${outcome ? `  ${outcome}` : ''}\n`);
  };
  if (process.stdout.isTTY) process.stdout.write(`  ${name} …\r`);
  try {
    const result = await work();
    print(describe(result));
    return result;
  } catch (error) {
    print('failed');
    throw error;
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1).padStart(6)} s`;
}
