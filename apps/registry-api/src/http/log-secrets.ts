import { stdSerializers } from 'pino';

/** Fields that hold secrets wherever they stand in what is logged. */
const secretFields = ['authorization', 'cookie', 'password', 'secret', 'token', 'parameters', 'secretKey'];

/** Paths for pino's `redact`: in the line itself, and in what stands in it. */
export const secretPaths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** What errors of others quote: our own secrets, credentials of addresses and headers, signatures of addresses. */
const secretTexts: readonly [RegExp, string][] = [
  [/\b(berth_[a-z]+_)\w+/g, '$1…'],
  [/\b(Bearer|Basic) [\w.~+/=-]+/gi, '$1 …'],
  [/(\w:\/\/)[^/@\s]+@/g, '$1…@'],
  [/\b(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"']+/gi, '$1…'],
];

/** An error as the log tells it. */
export function describeError(error: Error): object {
  const { message, stack, ...rest } = stdSerializers.err(error);
  return { ...rest, message: withoutSecrets(message), stack: withoutSecrets(stack) };
}

function withoutSecrets(text: string | undefined): string | undefined {
  return secretTexts.reduce((left, [pattern, instead]) => left?.replace(pattern, instead), text);
}
