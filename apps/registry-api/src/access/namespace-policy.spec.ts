import { describe, expect, it } from 'vitest';
import type { AccessFacts } from './access-facts.js';
import { allowsInNamespace, namespaceActions } from './policy.js';

const user = { kind: 'user', id: '1', username: 'alice', isAdmin: false } as const;
const owner: AccessFacts = {
  principal: user,
  isWithinLimits: true,
  namespace: { id: '3', kind: 'organization', isDeleted: false },
  role: 'owner',
  credentialName: 'password',
};
const admin: AccessFacts = { ...owner, principal: { ...user, isAdmin: true }, role: undefined };
const allowed = (facts: AccessFacts) =>
  namespaceActions.filter((action) => allowsInNamespace(facts, action)).join(' ');

describe('what may be done to a namespace', () => {
  it.each([
    { by: 'an owner', facts: owner, actions: 'view inspect restore administer' },
    { by: 'an admin', facts: admin, actions: 'view inspect restore administer' },
    { by: 'a reader', facts: { ...owner, role: 'reader' }, actions: 'view inspect' },
    { by: 'somebody else', facts: { ...owner, role: undefined }, actions: '' },
    { by: 'nobody', facts: { ...owner, principal: { kind: 'anonymous' } }, actions: '' },
    { by: 'an admin, where there is none', facts: { ...admin, namespace: undefined }, actions: '' },
    {
      by: 'an admin, once it is deleted',
      facts: { ...admin, namespace: { id: '3', kind: 'organization', isDeleted: true } },
      actions: '',
    },
    { by: 'a revoked credential', facts: { ...owner, credentialProblem: 'revoked' }, actions: '' },
    { by: 'a limited credential', facts: { ...admin, isWithinLimits: false }, actions: '' },
    { by: 'a token to read with', facts: { ...owner, scopes: ['repository:read'] }, actions: 'view' },
    { by: 'a token to write with', facts: { ...owner, scopes: ['repository:write'] }, actions: '' },
    {
      by: 'a token to administer with',
      facts: { ...owner, scopes: ['admin'] },
      actions: 'view inspect administer',
    },
    {
      by: 'its robot',
      facts: {
        ...owner,
        principal: { kind: 'robot', id: '5', username: 'robot+team+ci' },
        role: 'maintainer',
        scopes: ['repository:read', 'repository:write', 'repository:delete'],
      },
      actions: 'view restore',
    },
  ] satisfies { by: string; facts: AccessFacts; actions: string }[])(
    'by $by: $actions',
    ({ facts, actions }) => {
      expect(allowed(facts)).toBe(actions);
    },
  );
});
