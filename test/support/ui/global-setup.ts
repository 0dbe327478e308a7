import type { TestProject } from 'vitest/node';
import { findTool } from '../../../scripts/tools/tools.mjs';
import { startChromium } from './chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tier's Chromium is reached, or null on a machine without one. */
    chromium: string | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findTool('chromium') === null ? null : await startChromium();
  project.provide('chromium', chromium?.wsEndpoint() ?? null);
  return async () => {
    await chromium?.close();
  };
}
