import { describe, expect, it } from 'vitest';
import { CredentialsRefused } from '../credentials-refused.js';
import { drive } from './drive-strategy.test.js';
import { type AuthorizationResponse, OidcStrategy } from './oidc.strategy.js';

const seen: AuthorizationResponse[] = [];
const strategy = new OidcStrategy({ cookieName: 'login' }, async (response) => {
  seen.push(response);
  return response.state === 'known' ? { name: 'alice' } : undefined;
});
const back = (query: string, cookie = 'login=secret') =>
  drive(strategy, { originalUrl: `/callback${query}`, headers: { cookie } });

describe('OidcStrategy', () => {
  it('hands over whom the provider has proved, and the answer as it came', async () => {
    expect(await back('?code=a%2Bb&state=known', 'other=1; login=secret')).toEqual({
      user: { name: 'alice' },
    });
    expect(seen.at(-1)).toEqual({
      state: 'known',
      browserSecret: 'secret',
      query: '?code=a%2Bb&state=known',
    });
  });

  it('takes the refusal of a provider for an answer too', async () => {
    expect(await back('?error=access_denied&state=known')).toHaveProperty('user');
  });

  it('refuses a login that nobody has begun', async () => {
    expect(await back('?code=c&state=unknown')).toEqual({
      failure: { kind: 'refused', message: 'this sign-in has ended; begin it again' },
    });
  });

  it.each(['', '?', '?state=known', '?next=/'])('finds no answer in "%s"', async (query) => {
    expect(await back(query)).toMatchObject({ failure: { kind: 'missing' } });
  });

  it.each([
    ['?code=c', undefined],
    ['?code=c&state=', undefined],
    ['?code=c&state=known&state=known', undefined],
    ['?code=c&code=d&state=known', undefined],
    ['?code=c&state=known', ''],
    ['?code=c&state=known', 'login='],
    ['?code=c&state=known', 'login="secret"'],
    ['?code=c&state=known', 'login=secret; login=another'],
    ['?code=c&state=known', 'xlogin=secret'],
  ])('finds %s with the cookie %s malformed, and asks nobody', async (query, cookie) => {
    const before = seen.length;
    expect(await back(query, cookie)).toMatchObject({ failure: { kind: 'malformed' } });
    expect(seen).toHaveLength(before);
  });

  it('tells a reason from an error', async () => {
    const throwing = (error: Error) => new OidcStrategy({ cookieName: 'login' }, () => Promise.reject(error));
    const request = { originalUrl: '/callback?code=c&state=s', headers: { cookie: 'login=secret' } };
    const refused = new CredentialsRefused('disabled', 'the account is disabled');
    expect(await drive(throwing(refused), request)).toMatchObject({ failure: { reason: 'disabled' } });
    const broken = new Error('the provider is gone');
    expect(await drive(throwing(broken), request)).toEqual({ error: broken });
  });
});
