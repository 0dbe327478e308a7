import { createHash } from 'node:crypto';
import type { RetentionPlan } from './retention-plan.js';

/** The same for two plans that remove the same tags from the same digests, and the same manifests. */
export function planDigest({ tags, manifests }: RetentionPlan): string {
  const lines = [...tags.map(({ tag, digest }) => `${tag} ${digest}`), ...[...manifests].sort()];
  return `sha256:${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
}
