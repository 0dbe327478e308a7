import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What depends on the colours alone: enough for a page that was looked at in the other scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with the page as it stands: WCAG 2.2 AA and best practice; one line each. */
export async function violations(page: Page, { coloursOnly = false } = {}): Promise<string[]> {
  // As a string through the debugger, which the page's policy does not concern.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const runOnly = coloursOnly ? { type: 'rule', values: COLOUR_RULES } : { type: 'tag', values: RULES };
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const result = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`);
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}\n${failureSummary?.trim() ?? ''}`,
    ),
  );
}

/** Throws, naming them, when axe finds something wrong with the page. */
export async function expectNoViolations(page: Page): Promise<void> {
  const found = await violations(page);
  if (found.length > 0) throw new Error(`axe, on ${page.url()}:\n${found.join('\n')}`);
}
