'use server';

import type { ReactNode } from 'react';
import { requireSignedIn } from '@/lib/registry-api/me';
import { UntrustedMarkdown } from './markdown';

const LONGEST = 256 * 1024;

/** A README as its page will show it. */
export async function previewMarkdown(text: string): Promise<ReactNode> {
  await requireSignedIn();
  if (text.length > LONGEST) return <p>A README has at most 256 KiB: this one is longer.</p>;
  return text.trim() === '' ? (
    <p className="text-ink-3">Nothing to show yet.</p>
  ) : (
    <UntrustedMarkdown text={text} />
  );
}
