import type { Platform } from './descriptor.js';

/** What people and `--platform` call it: `linux/arm64/v8`. Undefined when it says nothing (`unknown/unknown`). */
export function platformLabel(
  platform: Pick<Platform, 'os' | 'architecture' | 'variant'>,
): string | undefined {
  const { os, architecture, variant } = platform;
  if (!isKnown(os) || !isKnown(architecture)) return undefined;
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

/** BuildKit gives attestations the platform `unknown/unknown`, so that no engine runs them. */
function isKnown(text: string): boolean {
  return text !== '' && text !== 'unknown';
}
