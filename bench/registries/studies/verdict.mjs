/**
 * A sentence with its aim, and whether it is reached.
 *
 * @param {string} sentence @param {string} aim @param {boolean} isReached
 */
export function verdict(sentence, aim, isReached) {
  return `${sentence} (aim: ${aim}): ${isReached ? 'reached' : '**missed**'}`;
}

/** One reader of each server, ours the private one. @param {import('../measure.mjs').Reader[]} readers */
export function oneOfEach(readers) {
  return readers.filter((each) => each === readers.find(({ server }) => server === each.server));
}
