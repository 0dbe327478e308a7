import { describe, expect, it } from 'vitest';
import { summarize } from './push-events';

const upload = { id: '1', digest: null, bytes: 40, totalBytes: 100, state: 'open' } as const;

describe('what a row says of a push', () => {
  it('adds up bytes and counts finished layers', () => {
    const uploads = [upload, { ...upload, id: '2', bytes: 100, state: 'finished' as const }];
    expect(summarize({ repository: 'a/b', uploads })).toEqual({
      layers: 2,
      finished: 1,
      bytes: 140,
      share: 0.7,
    });
  });

  it('knows no share while a length is unknown', () => {
    const uploads = [upload, { ...upload, id: '2', totalBytes: null }];
    expect(summarize({ repository: 'a/b', uploads })).toEqual({ layers: 2, finished: 0, bytes: 80 });
  });

  it('knows no share of nothing', () => {
    expect(summarize({ repository: 'a/b', uploads: [] })).toEqual({ layers: 0, finished: 0, bytes: 0 });
  });
});
