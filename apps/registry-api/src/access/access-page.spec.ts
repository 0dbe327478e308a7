import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessPage } from './access-page.js';

const committed = new URL('../../../../docs/access.md', import.meta.url);

describe('docs/access.md', () => {
  it('says what the policy decides; if not: npm run generate', () => {
    expect(readFileSync(committed, 'utf8')).toBe(accessPage());
  });

  it.each([
    ['pull', 'public | public | ✓ | ✓ | ✓ | ✓ | ✓'],
    ['push', ' |  |  | ✓ | ✓ | ✓ | ✓'],
    ['delete', ' |  |  |  | ✓ | ✓ | ✓'],
    ['administer', ' |  |  |  |  | ✓ | ✓'],
    ['view', ' |  | ✓ | ✓ | ✓ | ✓ | ✓'],
    ['inspect', ' |  | ✓ | ✓ | ✓ | ✓ | ✓'],
  ])('has the row of %s as the design has it', (action, cells) => {
    const row = accessPage()
      .split('\n')
      .find((line) => line.startsWith(`| \`${action}\``));
    expect(row).toContain(`| ${cells} |`);
  });
});
