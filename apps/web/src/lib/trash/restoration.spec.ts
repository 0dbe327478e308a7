import { describe, expect, it } from 'vitest';
import { readRestoration, restorationHref } from './restoration';

const digest = `sha256:${'a'.repeat(64)}`;

describe('what has been restored', () => {
  it.each([
    { reference: 'v1', takenTags: [] },
    { reference: digest, takenTags: ['latest', 'v1.0_x'] },
  ])('is read from the address that says it: %j', (restoration) => {
    const href = restorationHref('a/b', restoration);
    expect(href).toMatch(/^\/r\/a\/b\/-\/trash\?restored=/);
    expect(readRestoration(Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(restoration);
  });

  it('is nothing but tags and digests', () => {
    expect(readRestoration({})).toBeUndefined();
    expect(readRestoration({ restored: 'call this number' })).toBeUndefined();
    expect(readRestoration({ restored: 'v1', taken: 'ok,<b>,no no' })?.takenTags).toEqual(['ok']);
  });
});
