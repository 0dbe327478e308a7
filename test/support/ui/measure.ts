import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { violations } from './accessibility.js';
import type { Visitor } from './visitor.js';

/** Of one page, once it has settled. */
export interface Measurement {
  status: number;
  /** Sizes as a browser gets them, compressed. */
  scriptBytes: number;
  styleBytes: number;
  layoutShift: number;
  /** Time until the largest thing was painted: told, never asserted. */
  largestPaintMilliseconds: number;
  /** By which the page is wider than a window of 320 pixels. */
  sidewaysPixels: number;
  /** In light and in dark. */
  violations: string[];
  /** In the console, against the policy, to other servers. */
  problems: string[];
}

const NARROW = { width: 320, height: 800 };

/** Collected from before the first paint on, by the browser itself. */
const PAINTS = `Promise.all(['layout-shift', 'largest-contentful-paint'].map((type) => new Promise((resolve) => {
  new PerformanceObserver((list, observer) => { observer.disconnect(); resolve(list.getEntries()); })
    .observe({ type, buffered: true });
  setTimeout(() => resolve([]), 300);
}))).then(([shifts, paints]) => ({
  shift: shifts.filter((entry) => !entry.hadRecentInput).reduce((sum, entry) => sum + entry.value, 0),
  paint: paints.at(-1)?.startTime ?? 0,
}))`;

/** Until the page's code runs and nothing is left to do. */
const SETTLED = `new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(() => resolve(true))))`;

/** Opens a page, measures it, in light and in dark, and makes the window narrow. */
export async function measure(visitor: Visitor, path: string): Promise<Measurement> {
  const { page, problems } = visitor;
  const loaded: Response[] = [];
  const collect = (response: Response) => loaded.push(response);
  const size = page.viewportSize()!;
  problems.clear();
  page.on('response', collect);
  const status = await visitor.open(path);
  await page.evaluate(SETTLED);
  const { shift, paint } = await page.evaluate<{ shift: number; paint: number }>(PAINTS);
  page.off('response', collect);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(
      ...(await violations(page, { coloursOnly: colorScheme === 'dark' })).map(
        (violation) => `in ${colorScheme}: ${violation}`,
      ),
    );
  }
  await page.setViewportSize(NARROW);
  const sidewaysPixels = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  await page.setViewportSize(size);
  return {
    status,
    scriptBytes: await compressedBytes(loaded, 'script'),
    styleBytes: await compressedBytes(loaded, 'stylesheet'),
    layoutShift: shift,
    largestPaintMilliseconds: paint,
    sidewaysPixels: Math.max(0, sidewaysPixels),
    violations: found,
    problems: problems.clear(),
  };
}

/** From the content: what the cache has answered counts too. */
const sizes = new Map<string, number>();

async function compressedBytes(responses: Response[], type: 'script' | 'stylesheet'): Promise<number> {
  const ofType = new Map(
    responses.filter((response) => response.request().resourceType() === type).map((one) => [one.url(), one]),
  );
  for (const [url, response] of ofType) {
    if (!sizes.has(url)) sizes.set(url, gzipSync(await response.body()).length);
  }
  return [...ofType.keys()].reduce((sum, url) => sum + sizes.get(url)!, 0);
}
