import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidNamespaceName, isNamespaceName, NamespaceName } from './namespace-name.js';
import { InvalidRepositoryName, RepositoryName } from './repository-name.js';

/** distribution-spec, "Pulling manifests", word for word. */
const SPEC_NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const SPEC_COMPONENT = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;

const words = fc.string({ unit: fc.constantFrom(...'abcxyz019'), minLength: 1, maxLength: 6 });
const separators = fc.oneof(
  fc.constantFrom('.', '_', '__'),
  fc.nat(4).map((more) => `-${'-'.repeat(more)}`),
);
/** Any component of a repository name, built up without the expression that is tested. */
const components = fc
  .tuple(words, fc.array(fc.tuple(separators, words), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.flat().join(''));

/** The texts with up to two characters taken out and up to three put in at one place; mostly no names any more. */
const changed = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(
      texts,
      fc.nat(60),
      fc.nat(2),
      fc.string({ unit: fc.constantFrom(...'a0._-/A: \n%é'), maxLength: 3 }),
    )
    .map(([text, at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed));

const names = fc.array(components, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
const isAccepted = (text: string) => {
  try {
    RepositoryName.parse(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRepositoryName);
    return false;
  }
};

describe('RepositoryName', () => {
  it('takes every name of the grammar and keeps it', () => {
    fc.assert(
      fc.property(names, (text) => {
        const name = RepositoryName.parse(text);
        const full = text.includes('/') ? text : `library/${text}`;
        expect(name.value).toBe(full);
        expect(String(name)).toBe(full);
        expect(name.namespace).toBe(full.split('/')[0]);
        expect(RepositoryName.parse(name.shown).equals(name)).toBe(true);
      }),
    );
  });

  it('takes a changed name exactly when the spec does', () => {
    fc.assert(
      fc.property(changed(names), (text) => {
        expect(isAccepted(text)).toBe(SPEC_NAME.test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['alpine', 'library/alpine', 'library', 'alpine'],
    ['library/alpine', 'library/alpine', 'library', 'alpine'],
    ['library', 'library/library', 'library', 'library'],
    ['library/a/b', 'library/a/b', 'library', 'library/a/b'],
    ['alice/app', 'alice/app', 'alice', 'alice/app'],
    ['a/b/c', 'a/b/c', 'a', 'a/b/c'],
  ])('%s is %s in %s, shown as %s', (text, value, namespace, shown) => {
    expect(RepositoryName.parse(text)).toMatchObject({ value, namespace, shown });
  });

  it.each([
    ['', 'it is empty'],
    ['a//b', 'empty'],
    ['/a', 'empty'],
    ['a/', 'empty'],
    ['alice/App', '"App" the letter "A" has to be lowercase'],
    ['alice/a b', '" " is not allowed'],
    ['alice/caf\u00e9', 'is not allowed'],
    ['../etc', 'first character'],
    ['alice/_app', 'first character'],
    ['alice/app-', 'last character'],
    ['alice/a..b', 'may stand between'],
    ['alice/a___b', 'may stand between'],
    ['alice/app\n', 'is not allowed'],
  ])('refuses %j and names the fault', (text, reason) => {
    expect(() => RepositoryName.parse(text)).toThrow(InvalidRepositoryName);
    expect(() => RepositoryName.parse(text)).toThrow(reason);
  });

  it('counts 255 characters of the full name', () => {
    const longest = `alice/${'a'.repeat(249)}`;
    expect(RepositoryName.parse(longest).value).toHaveLength(255);
    expect(() => RepositoryName.parse(`${longest}a`)).toThrow('256 characters, and 255 are allowed');
    expect(RepositoryName.parse('a'.repeat(247)).value).toHaveLength(255);
    expect(() => RepositoryName.parse('a'.repeat(248))).toThrow('256 characters');
  });

  it('decides on long inputs that make a backtracking expression explode', () => {
    const pieces = fc.constantFrom('a', '-', 'a-', 'a_', 'a__', '_', 'a.', 'a/', '/', 'a--', 'a\u0000');
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom(100, 250, 100_000),
        fc.constantFrom('', '!', '-', '_'),
        (piece, count, end) => {
          const text = piece.repeat(count) + end;
          if (text.length > 255) expect(isAccepted(text)).toBe(false);
          else isAccepted(text);
        },
      ),
    );
  });
});

describe('NamespaceName', () => {
  it('is one component of the grammar', () => {
    fc.assert(
      fc.property(components, changed(components), (text, other) => {
        expect(NamespaceName.parse(text).value).toBe(text);
        expect(isNamespaceName(other)).toBe(SPEC_COMPONENT.test(other));
      }),
    );
  });

  it('leaves room for a repository', () => {
    const longest = 'a'.repeat(253);
    expect(RepositoryName.parse(`${NamespaceName.parse(longest)}/x`).namespace).toBe(longest);
    expect(isNamespaceName(`${longest}a`)).toBe(false);
  });

  it.each([
    ['', 'empty'],
    ['a/b', 'slash'],
    ['Alice', 'lowercase'],
    ['robot+a', 'not allowed'],
  ])('refuses %j', (text, reason) => {
    expect(() => NamespaceName.parse(text)).toThrow(InvalidNamespaceName);
    expect(() => NamespaceName.parse(text)).toThrow(reason);
  });
});
