import { describe, expect, it } from 'vitest';
import { headingLevels } from './heading-levels';

describe('the levels of headings', () => {
  it.each([
    ['1 2 3', '3 4 5'],
    ['2 2 3 2', '3 3 4 3'],
    ['3 1 4 2', '3 3 4 4'],
    ['1 4 4 1 6', '3 4 4 3 4'],
    ['1 2 3 4 5 6', '3 4 5 6 6 6'],
  ])('%s become %s', (written, shown) => {
    const children = written.split(' ').map((level) => ({ type: 'element', tagName: `h${level}` }));
    headingLevels()({ type: 'root', children: [{ type: 'element', tagName: 'blockquote', children }] });
    expect(children.map(({ tagName }) => tagName.slice(1)).join(' ')).toBe(shown);
  });
});
