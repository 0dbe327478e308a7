/**
 * What stops a start, said in one clear sentence: what is wrong and what would be right.
 * Whoever catches it prints the message alone, without a stack trace, and exits 1.
 */
export class StartFailure extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = 'StartFailure';
  }
}
