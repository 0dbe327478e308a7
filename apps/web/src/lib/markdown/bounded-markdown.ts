/** So much is shown as Markdown; making it of more would hold up other pages. */
const LONGEST_CHARACTERS = 64 * 1024;
/** The parser takes quadratic time over some paragraphs. */
const LONGEST_BLOCK_CHARACTERS = 16 * 1024;
/** Quotes in lists in quotes: each level is a call deeper. */
const DEEPEST_NESTING = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){25}/m;

export interface BoundedMarkdown {
  readonly markdown: string;
  /** What is shown as plain text after it; mostly nothing. */
  readonly plain: string;
}

/** Divides what anybody may have written into what can be shown as Markdown in bounded time, and the rest. */
export function boundMarkdown(text: string): BoundedMarkdown {
  const markdown = text.length <= LONGEST_CHARACTERS ? text : text.slice(0, endOfBlock(text));
  if (isTooHard(markdown)) return { markdown: '', plain: text };
  return { markdown, plain: text.slice(markdown.length).trim() };
}

/** The last blank line within the limit; without one nothing is Markdown. */
function endOfBlock(text: string): number {
  return Math.max(0, text.lastIndexOf('\n\n', LONGEST_CHARACTERS));
}

function isTooHard(markdown: string): boolean {
  if (DEEPEST_NESTING.test(markdown)) return true;
  return markdown.split(/\n[ \t]*\n/).some((block) => block.length > LONGEST_BLOCK_CHARACTERS);
}
