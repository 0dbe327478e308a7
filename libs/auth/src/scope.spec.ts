import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScope, parseScopes } from './scope.js';

describe('parseScopes', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['repository:alice/app:pull', ['repository:alice/app:pull']],
    ['repository:alice/app:push,pull', ['repository:alice/app:pull,push']],
    ['repository(plugin):alice/app:pull', ['repository:alice/app:pull']],
    ['repository:alpine:pull', ['repository:alpine:pull']],
    ['repository:alice/app:*', ['repository:alice/app:pull,push,delete']],
    ['repository:alice/app:pull,*', ['repository:alice/app:pull,push,delete']],
    ['repository:alice/app:pull,admin,PUSH', ['repository:alice/app:pull']],
    ['repository:alice/app:fly', ['repository:alice/app:']],
    ['repository:localhost:5000/app:pull', ['repository:localhost:5000/app:pull']],
    ['repository:Alice/App:pull', ['repository:Alice/App:pull']],
    ['registry:catalog:*', ['registry:catalog:*']],
    ['registry:catalog:pull', ['registry:catalog:']],
    ['registry:users:*', ['registry:users:']],
    ['a:b:c', []],
    ['repository', []],
    ['repository:alice/app', []],
    ['repository::pull', []],
    ['repository:a"b:pull repository:a\\b:pull repository:\u00e9:pull', []],
    [`repository:${'a'.repeat(256)}:pull`, []],
    ['repository:a/b:pull  repository:c/d:push ', ['repository:a/b:pull', 'repository:c/d:push']],
    [
      ['repository:a/b:pull', 'x repository:c/d:push'],
      ['repository:a/b:pull', 'repository:c/d:push'],
    ],
    [['repository:a/b:delete', 'repository:a/b:pull'], ['repository:a/b:delete,pull']],
    [
      'repository:__proto__:pull repository:constructor:pull',
      ['repository:__proto__:pull', 'repository:constructor:pull'],
    ],
  ])('%j → %j', (input, expected) => {
    expect(parseScopes(input).map(formatScope)).toEqual(expected);
  });

  it('reads back what it formatted, however it was repeated or joined', () => {
    const scope = fc.record({
      type: fc.constant('repository'),
      name: fc.constantFrom('a/b', 'alpine', 'localhost:5000/x', 'a.b/c-d'),
      actions: fc.subarray(['pull', 'push', 'delete']),
    });
    fc.assert(
      fc.property(fc.uniqueArray(scope, { selector: ({ name }) => name }), (scopes) => {
        const texts = scopes.map(formatScope);
        expect(parseScopes(texts)).toEqual(scopes);
        expect(parseScopes(texts.join(' '))).toEqual(scopes);
        expect(parseScopes([...texts, ...texts])).toEqual(scopes);
      }),
    );
  });

  it('stops at 100 scopes', () => {
    const texts = Array.from({ length: 150 }, (_, i) => `repository:a/${i}:pull`);
    expect(parseScopes(texts)).toHaveLength(100);
    expect(parseScopes(texts.join(' '))).toHaveLength(100);
    expect(parseScopes([texts.slice(0, 99).join(' '), texts.slice(99).join(' ')])).toHaveLength(100);
    expect(parseScopes(`${'a '.repeat(1_000_000)}repository:a/b:pull`)).toEqual([]);
  });
});
