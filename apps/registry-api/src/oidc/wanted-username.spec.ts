import { isNamespaceName } from '@berth/oci';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usernameCandidates, wantedUsername } from './wanted-username.js';

describe('the user name of a first sign-in', () => {
  it.each([
    [{ preferredUsername: 'alice' }, 'alice'],
    [{ preferredUsername: 'Alice.Smith' }, 'alice.smith'],
    [{ preferredUsername: 'alice@corp.example', email: 'other@corp.example' }, 'alice'],
    [{ email: 'a.smith+berth@corp.example' }, 'a.smith-berth'],
    [{ name: 'Zoë Ångström' }, 'zoe-angstrom'],
    [{ preferredUsername: 'CORP\\alice' }, 'corp-alice'],
    [{ preferredUsername: '../../admin' }, 'admin'],
    [{ preferredUsername: '李', email: 'li@corp.example' }, 'li'],
    [{ preferredUsername: '李' }, 'user'],
    [{}, 'user'],
  ])('of %j is %s', (described, username) => {
    expect(wantedUsername(described)).toBe(username);
  });

  it('is in the grammar for whatever a provider says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (preferredUsername) => {
        const candidates = usernameCandidates(wantedUsername({ preferredUsername })).slice(0, 3);
        expect(candidates.filter((name) => !isNamespaceName(name))).toEqual([]);
      }),
    );
  });

  it('is never a reserved one', () => {
    expect(usernameCandidates('admin').slice(0, 2)).toEqual(['admin-2', 'admin-3']);
  });
});
