import { describe, expect, it } from 'vitest';
import type { AccessFacts } from '../access/access-facts.js';
import { grantAccess, readAskedScopes, tokenCredential } from './granted-access.js';

const settings = { isAnonymousPullAllowed: true };
const alice = { kind: 'user', id: '1', username: 'alice', isAdmin: false } as const;
const absent: AccessFacts = { principal: alice, isWithinLimits: true, credentialName: 'password' };
const readable: AccessFacts = { ...absent, repository: { id: '7', isPublic: true } };
const unreadable: AccessFacts = { ...absent, repository: { id: '8', isPublic: false } };
const creatable: AccessFacts = {
  ...absent,
  namespace: { id: '3', kind: 'user', isDeleted: false },
  role: 'owner',
};

function grant(scope: string | string[], facts: AccessFacts) {
  return grantAccess(readAskedScopes(scope), () => facts, settings);
}

describe('granted access', () => {
  it('is what was asked for and is allowed now', () => {
    expect(grant('repository:a/b:pull,push,delete', readable)).toEqual({
      access: [{ type: 'repository', name: 'a/b', actions: ['pull'] }],
      repositories: { 'a/b': '7' },
    });
  });

  it('is less than is allowed when less was asked for', () => {
    const owner: AccessFacts = { ...readable, role: 'owner' };
    expect(grant('repository:a/b:pull', owner).access[0]?.actions).toEqual(['pull']);
    expect(grant('repository:a/b:*', owner).access[0]?.actions).toEqual(['pull', 'push', 'delete']);
  });

  it('is the same for a private repository and an absent one', () => {
    const scope = 'repository:a/b:pull,push';
    expect(grant(scope, unreadable)).toEqual(grant(scope, absent));
    expect(grant(scope, absent)).toEqual({
      access: [{ type: 'repository', name: 'a/b', actions: [] }],
      repositories: {},
    });
  });

  it('names no id for a repository that is yet to be made', () => {
    expect(grant('repository:a/b:pull,push,delete', creatable)).toEqual({
      access: [{ type: 'repository', name: 'a/b', actions: ['pull', 'push'] }],
      repositories: {},
    });
  });

  it('echoes names as asked and keeps ids under full names', () => {
    expect(grant('repository:alpine:pull', readable)).toEqual({
      access: [{ type: 'repository', name: 'alpine', actions: ['pull'] }],
      repositories: { 'library/alpine': '7' },
    });
  });

  it('drops names out of grammar and keeps the rest', () => {
    const { access } = grant(['repository:A/b:pull repository:a//b:pull', 'repository:a/b:pull'], readable);
    expect(access.map(({ name }) => name)).toEqual(['a/b']);
  });

  it('gives the catalog to everybody, and echoes the scope that docker search asks for', () => {
    expect(grant('registry:catalog:*', absent).access).toEqual([
      { type: 'registry', name: 'catalog', actions: ['*'] },
    ]);
    expect(grant('registry:catalog:search', absent).access).toEqual([
      { type: 'registry', name: 'catalog', actions: [] },
    ]);
  });
});

describe('the credential in a token', () => {
  const facts: AccessFacts = { ...absent, credentialId: '5', credentialsVersion: 2 };
  const secretHash = Buffer.alloc(32);

  it.each([
    { credential: { kind: 'anonymous' } as const, named: { kind: 'anonymous' } },
    {
      credential: { kind: 'user', id: '1', version: 2 } as const,
      named: { kind: 'user', id: '1', version: 2 },
    },
    {
      credential: { kind: 'access_token', secretHash } as const,
      named: { kind: 'access_token', id: '5', version: 2 },
    },
    { credential: { kind: 'robot', secretHash } as const, named: { kind: 'robot', id: '5', version: 2 } },
  ])('of a $credential.kind is named without its secret', ({ credential, named }) => {
    expect(tokenCredential(credential, facts)).toEqual(named);
  });
});
