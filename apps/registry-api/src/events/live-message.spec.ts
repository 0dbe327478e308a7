import { describe, expect, it } from 'vitest';
import { limits } from '../limits.js';
import { blobMark, decodeMessage, encodeMessage, type UploadNews } from './live-message.js';

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

  it('hold all blobs of a manifest that are shown', () => {
    const blobs = Array.from({ length: limits.liveUploadsOfPush }, (_, id) => blobMark(`sha256:${id + 1e8}`));
    const pushed: UploadNews = { ...upload(0), id: '', digest: null, state: 'pushed', blobs };
    const payloads = encodeMessage({ uploads: [upload(1), pushed], hasEvents: true });
    expect(payloads.map(decodeMessage)).toEqual([{ uploads: [upload(1), pushed], hasEvents: true }]);
    expect(Buffer.byteLength(payloads[0]!)).toBeLessThan(8000);
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
