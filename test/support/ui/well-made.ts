import { expect } from 'vitest';
import { expectNoViolations } from './accessibility.js';
import type { Visitor } from './visitor.js';

/** The page as it stands has nothing for axe, light and dark, and fits into 320 pixels. */
export async function expectWellMade({ page }: Visitor): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 700 });
  const overhang = 'document.documentElement.scrollWidth - innerWidth';
  expect(await page.evaluate<number>(overhang)).toBeLessThanOrEqual(0);
  await page.setViewportSize(before);
}
