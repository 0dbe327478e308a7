/**
 * Works off a list, `width` items at a time, each begun in the list's order.
 *
 * @template Item, Result
 * @param {Item[]} items @param {number} width @param {(item: Item) => Promise<Result>} work
 * @returns {Promise<Result[]>} in the list's order
 */
export async function sideBySide(items, width, work) {
  /** @type {Result[]} */
  const results = [];
  const waiting = items.entries();
  const lanes = Array.from({ length: width }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  });
  await Promise.all(lanes);
  return results;
}
