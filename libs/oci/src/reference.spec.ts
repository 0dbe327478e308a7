import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digest, InvalidDigest } from './digest.js';
import { formatReference, InvalidReference, InvalidTag, parseReference, parseTag } from './reference.js';

/** distribution-spec, "Pulling manifests", word for word. */
const SPEC_TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

const tags = fc
  .tuple(fc.constantFrom(...'aZ09_'), fc.string({ unit: fc.constantFrom(...'aZ09._-'), maxLength: 127 }))
  .map((parts) => parts.join(''));
const digests = fc.uint8Array().map((bytes) => Digest.ofBytes(bytes, bytes.length % 2 ? 'sha512' : 'sha256'));

describe('parseReference', () => {
  it('gives tags and digests back as they were', () => {
    fc.assert(
      fc.property(tags, digests, (tag, digest) => {
        expect(parseReference(tag)).toEqual({ kind: 'tag', tag });
        expect(parseReference(digest.text)).toEqual({ kind: 'digest', digest });
        expect(formatReference(parseReference(tag))).toBe(tag);
        expect(formatReference(parseReference(digest.text))).toBe(digest.text);
      }),
    );
  });

  it('takes a changed tag exactly when the spec does', () => {
    const inserted = fc.string({ unit: fc.constantFrom(...'a.-_:/ \n@é'), maxLength: 3 });
    fc.assert(
      fc.property(tags, fc.nat(128), fc.nat(2), inserted, (tag, at, removed, insertion) => {
        const changed = tag.slice(0, at) + insertion + tag.slice(at + removed);
        const take = () => parseReference(changed);
        if (SPEC_TAG.test(changed)) expect(take()).toEqual({ kind: 'tag', tag: changed });
        else expect(take).toThrow(InvalidReference);
      }),
    );
  });

  it('takes a text with a colon for a digest, never for a tag', () => {
    const error = thrownBy(() => parseReference('sha256:abc'));
    expect(error).toMatchObject({
      kind: 'digest',
      text: 'sha256:abc',
      reason: expect.stringContaining('64'),
    });
    expect((error as Error).cause).toBeInstanceOf(InvalidDigest);
  });

  it('keeps the reason of a tag', () => {
    const error = thrownBy(() => parseReference('.hidden'));
    expect(error).toMatchObject({ kind: 'tag', reason: expect.stringContaining('first character') });
    expect((error as Error).cause).toBeInstanceOf(InvalidTag);
  });
});

describe('parseTag', () => {
  it.each([
    ['', 'empty'],
    ['-a', 'first character'],
    ['.a', 'first character'],
    ['a/b', '"/" is not allowed'],
    ['a:b', '":" is not allowed'],
    ['latest\n', 'is not allowed'],
    ['a'.repeat(129), '129 characters, and 128 are allowed'],
  ])('refuses %j', (text, reason) => {
    const error = thrownBy(() => parseTag(text));
    expect(error).toBeInstanceOf(InvalidTag);
    expect((error as Error).message).toContain(reason);
  });

  it('does not repeat a long text in its message', () => {
    const error = thrownBy(() => parseTag('a'.repeat(1_000_000)));
    expect((error as Error).message).toContain('1000000 characters');
    expect((error as Error).message.length).toBeLessThan(300);
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
