import { describe, expect, it } from 'vitest';
import { RequestInvalid } from '../errors/domain-errors.js';
import { type CredentialReach, excessOver, readReach } from './credential-reach.js';

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

describe('what a body asks for', () => {
  it('is read once each, with patterns for the look-up', () => {
    const body = { scopes: ['admin', 'admin'], repositories: ['a_b/*'], expiresAt: day(2) };
    expect(readReach(body, day(1))).toEqual({
      scopes: ['admin'],
      repositories: ['a_b/*'],
      likePatterns: ['a\\_b/%'],
      expiresAt: day(2),
    });
  });

  it.each([null, undefined])('is without limits and end when they are %s', (none) => {
    const reach = readReach({ scopes: ['admin'], repositories: none, expiresAt: none });
    expect(reach).toEqual({ scopes: ['admin'] });
  });

  it('cannot end before it begins', () => {
    expect(() => readReach({ scopes: ['admin'], expiresAt: day(1) }, day(1))).toThrow(RequestInvalid);
  });
});
