/** Patterns as they are typed, with spaces or commas between them; each once. */
export function readPatterns(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((pattern) => pattern !== ''))];
}

const PATTERN = /^!?[a-zA-Z0-9_.*?-]{1,128}$/;

/** What is wrong with the first pattern that is none, in a sentence that names it. */
export function refusedPattern(patterns: readonly string[]): string | undefined {
  const wrong = patterns.find((pattern) => !PATTERN.test(pattern));
  return wrong === undefined
    ? undefined
    : `“${wrong.slice(0, 60)}” is no pattern: write a tag in which * stands for any characters and ? for one, as in v*, with ! before an exception, as in !v0.*`;
}
