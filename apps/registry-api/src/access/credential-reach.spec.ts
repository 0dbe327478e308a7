import { describe, expect, it } from 'vitest';
import { type CredentialReach, excessOver } from './credential-reach.js';

const day = (number: number) => new Date(Date.UTC(2030, 0, number));
const maker: CredentialReach = {
  scopes: ['repository:read', 'admin'],
  repositories: ['team/*'],
  expiresAt: day(10),
};

describe('what is made with an access token', () => {
  it.each<{ what: string; wanted: CredentialReach }>([
    { what: 'as far', wanted: maker },
    { what: 'less far', wanted: { scopes: ['admin'], repositories: ['team/app'], expiresAt: day(9) } },
  ])('may reach $what', ({ wanted }) => {
    expect(excessOver(maker, wanted)).toBeUndefined();
  });

  it.each<{ what: string; wanted: CredentialReach; says: RegExp }>([
    { what: 'another scope', wanted: { ...maker, scopes: ['repository:write'] }, says: /repository:write/ },
    { what: 'another repository', wanted: { ...maker, repositories: ['a/b'] }, says: /limited to team\/\*/ },
    { what: 'all repositories', wanted: { ...maker, repositories: undefined }, says: /limited to team\/\*/ },
    { what: 'a later end', wanted: { ...maker, expiresAt: day(11) }, says: /2030-01-10/ },
    { what: 'no end', wanted: { ...maker, expiresAt: undefined }, says: /2030-01-10/ },
  ])('may not have $what', ({ wanted, says }) => {
    expect(excessOver(maker, wanted)).toMatch(says);
  });

  it('may do anything that an unlimited one with its scopes may', () => {
    const unlimited = { scopes: maker.scopes };
    expect(excessOver(unlimited, unlimited)).toBeUndefined();
    expect(excessOver(unlimited, maker)).toBeUndefined();
  });
});
