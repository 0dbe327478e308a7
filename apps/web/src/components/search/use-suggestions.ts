'use client';

import { useEffect, useState } from 'react';
import type { Suggestion } from './suggestion';

const PAUSE_MILLISECONDS = 120;

/** What Berth would suggest for a text once typing pauses. An answer that comes too late is dropped. */
export function useSuggestions(text: string): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    const asked = text.trim();
    if (asked === '') return setFound([]);
    const outdated = new AbortController();
    const timer = setTimeout(async () => {
      const items = await suggestions(asked, outdated.signal);
      if (!outdated.signal.aborted) setFound(items);
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [text]);
  return found;
}

/** None when the API does not answer: the search itself still says why. */
async function suggestions(q: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  try {
    const { browserApi } = await import('@/lib/registry-api/browser-client');
    const { data } = await browserApi.GET('/api/v1/search/suggestions', { params: { query: { q } }, signal });
    return data?.items ?? [];
  } catch {
    return [];
  }
}
