import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, type UploadNews } from './live-message.js';

function upload(id: number): UploadNews {
  return {
    repositoryId: '9223372036854775807',
    id: id.toString(16).padStart(16, '0'),
    bytes: 2 ** 40,
    totalBytes: 2 ** 40,
    digest: `sha512:${'a'.repeat(128)}`,
    state: 'finished',
  };
}

describe('messages between processes', () => {
  it('are split so that Postgres takes each part, and lose nothing', () => {
    const uploads = Array.from({ length: 500 }, (_, id) => upload(id));
    const payloads = encodeMessage({ uploads, hasEvents: true });
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8000);
    const decoded = payloads.map((payload) => decodeMessage(payload)!);
    expect(decoded.flatMap((message) => message.uploads)).toEqual(uploads);
    expect(decoded.map(({ hasEvents }) => hasEvents)).toEqual([
      ...Array.from({ length: payloads.length - 1 }, () => false),
      true,
    ]);
  });

  it('can say that there are events and nothing else', () => {
    const [only, ...others] = encodeMessage({ uploads: [], hasEvents: true });
    expect(others).toEqual([]);
    expect(decodeMessage(only!)).toEqual({ uploads: [], hasEvents: true });
  });

  it.each(['', 'null', '{}', '{"u":[1]}'])('that are %j are none', (payload) => {
    expect(decodeMessage(payload)).toBeUndefined();
  });
});
