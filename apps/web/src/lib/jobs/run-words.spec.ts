import { describe, expect, it } from 'vitest';
import type { JobRun } from '../registry-api/types';
import { formatSeconds, progressWords, resultWords } from './run-words';

const run = (progress: JobRun['progress']) => ({ progress }) as JobRun;

describe('the words for a run', () => {
  it.each([
    [1, '1 second'],
    [40, '40 seconds'],
    [120, '2 minutes'],
    [7200, '2 hours'],
  ])('tell how long %s seconds are', (seconds, words) => {
    expect(formatSeconds(seconds)).toBe(words);
  });

  it('tell how far it is', () => {
    expect(progressWords(run({ done: 1204, total: null, bytes: 0, etaSeconds: null }))).toBe('1,204');
    expect(progressWords(run({ done: 3, total: 4, bytes: 3_500_000, etaSeconds: null }))).toBe(
      '3 of 4, 3.5 MB',
    );
    expect(progressWords(run({ done: 1204, total: 5000, bytes: 0, etaSeconds: 40 }))).toBe(
      '1,204 of 5,000, about 40 seconds to go',
    );
  });

  it('tell what it has done, without its lists', () => {
    expect(resultWords({ blobs: 2, bytes: 30, digests: ['sha256:…'] })).toBe('blobs: 2, bytes: 30');
    expect(resultWords(null)).toBe('');
  });
});
