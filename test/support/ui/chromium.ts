import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { toolPath } from '../../../scripts/tools/tools.mjs';

/** Quiet: a browser that asks its maker for nothing, so that every request seen is one of the pages'. */
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Starts the machine's Chromium, without a window, for all files of a tier. */
export function startChromium(): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath: toolPath('chromium'), headless: true, args: FLAGS });
}

/** The tier's Chromium. Close it to take leave: it goes on for the other files. */
export function sharedChromium(): Promise<Browser> {
  const address = inject('chromium');
  if (address === null) throw new Error('this machine has no Chromium; .ci/run installs one');
  return chromium.connect(address);
}
