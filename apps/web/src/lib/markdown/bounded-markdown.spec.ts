import { describe, expect, it } from 'vitest';
import { boundMarkdown } from './bounded-markdown';

describe('what is shown as Markdown', () => {
  it.each(['', '# Title\n\ntext', '> - 1. nested\n\n---\n\n'.repeat(100), '- - - - -\n\n* * *\n'])(
    'all of %j',
    (text) => {
      expect(boundMarkdown(text)).toEqual({ markdown: text, plain: '' });
    },
  );

  it('ends with a whole block where the text is too long', () => {
    const { markdown, plain } = boundMarkdown(`${'a paragraph\n\n'.repeat(6000)}the end`);
    expect(markdown.length).toBeLessThanOrEqual(64 * 1024);
    expect(markdown.endsWith('a paragraph')).toBe(true);
    expect(plain.startsWith('a paragraph')).toBe(true);
    expect(plain.endsWith('the end')).toBe(true);
  });

  it.each([
    ['quotes', '>'.repeat(3000)],
    ['spaced quotes', 'fine\n\n  > > >'.repeat(1) + ' >'.repeat(40)],
    ['lists', `${'- '.repeat(5000)}x`],
    ['numbers', `${'1. '.repeat(100)}x`],
    ['one long paragraph', '~~a'.repeat(20_000)],
  ])('nothing of %s that take the parser long', (_, text) => {
    expect(boundMarkdown(text)).toEqual({ markdown: '', plain: text });
  });
});
