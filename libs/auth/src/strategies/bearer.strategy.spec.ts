import { describe, expect, it } from 'vitest';
import { InvalidToken } from '../invalid-token.js';
import { BearerStrategy } from './bearer.strategy.js';
import { drive } from './drive-strategy.test.js';

const alice = { name: 'alice' };
const strategy = new BearerStrategy(async (token) => {
  if (token === 'old') throw new InvalidToken('expired');
  return token === 'good' ? alice : undefined;
});

describe('BearerStrategy', () => {
  it('hands over whose token was verified', async () => {
    expect(await drive(strategy, { headers: { authorization: 'bearer good' } })).toEqual({ user: alice });
  });

  it('refuses a token that does not count, and tells why when it is known', async () => {
    expect(await drive(strategy, { headers: { authorization: 'Bearer bad' } })).toEqual({
      failure: { kind: 'refused', message: 'the token is not valid' },
    });
    expect(await drive(strategy, { headers: { authorization: 'Bearer old' } })).toEqual({
      failure: { kind: 'refused', message: 'the token has expired', reason: 'expired' },
    });
  });

  it('hands on an error', async () => {
    const broken = new Error('the database is gone');
    const failing = new BearerStrategy(() => Promise.reject(broken));
    expect(await drive(failing, { headers: { authorization: 'Bearer good' } })).toEqual({ error: broken });
  });

  it('takes a token from nowhere but the header', async () => {
    const request = { body: { access_token: 'good' }, query: { access_token: 'good' } };
    expect(await drive(strategy, request)).toMatchObject({ failure: { kind: 'missing' } });
  });

  it.each([
    ['Basic YTpi', 'missing'],
    ['Basic ***', 'missing'],
    ['Bearer', 'malformed'],
    ['Bearer good good', 'malformed'],
    ['Bearer good,', 'malformed'],
  ])('finds in %j what is %s', async (authorization, kind) => {
    expect(await drive(strategy, { headers: { authorization } })).toMatchObject({ failure: { kind } });
  });
});
