import { StartFailure } from './failure.mjs';

/**
 * What is told of an error to another process.
 *
 * @typedef {{ name: string, message: string, stack?: string, code?: unknown, cause?: PlainError }} PlainError
 */

/** @param {unknown} error @returns {PlainError} */
export function toPlain(error) {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  const { code } = /** @type {{ code?: unknown }} */ (error);
  return { name, message, stack, code, cause: cause instanceof Error ? toPlain(cause) : undefined };
}

/** The error again, as one of what it was. @param {PlainError} plain @returns {Error} */
export function fromPlain({ name, message, stack, code, cause }) {
  const options = cause && { cause: fromPlain(cause) };
  const error = name === 'StartFailure' ? new StartFailure(message, options) : new Error(message, options);
  return Object.assign(error, { name, stack, ...(code === undefined ? {} : { code }) });
}
